import Casework
import Exchange
import Ledger
import Postgres

/// Requests to join that wait at the registrar, in `exchange.join_request`.
struct Application {
  let agency: AgencyCode
  let request: Exchange.JoinRequest
  let receivedAt: Timestamp
  let proposal: ChangeSetID?

  var fingerprint: String { Fingerprint.of(request.key) }

  /// Whether its key is one that the directory has never given to the agency.
  func isOpen(in view: DirectoryView) -> Bool {
    view.agency(agency)?.key(request.key.id) == nil
  }

  /// Refuses when the fingerprint that two people compared is not that of the key that came.
  func compare(_ expected: String) throws(OfficeError) {
    guard Fingerprint.of(expected) == fingerprint else {
      throw OfficeError(
        .fingerprintDiffers, ["fingerprint": fingerprint, "expected": Repeat.line(expected)])
    }
  }

  /// The application as the API shows it.
  func shown(in view: DirectoryView) -> API.Application {
    let endpoint = request.particulars.claim(as: Particulars.self)?.endpoint ?? ""
    return API.Application(
      agency: agency.rawValue, kind: view.agency(agency) == nil ? "admission" : "key",
      name: request.entry.name, fingerprint: fingerprint,
      endpoint: endpoint.isEmpty ? nil : endpoint, appliedAt: receivedAt.description)
  }
}

/// Reads and keeps requests to join.
enum Applications {
  static func all(in transaction: borrowing Transaction) throws -> [Application] {
    try transaction.rows(
      """
      SELECT agency, request, received_at, proposal FROM exchange.join_request
      ORDER BY received_at, agency LIMIT \(Limits.answerListMax)
      """
    ).compactMap { try application($0) }
  }

  static func of(
    _ agency: AgencyCode, in transaction: borrowing Transaction
  ) throws -> Application? {
    try transaction.firstRow(
      """
      SELECT agency, request, received_at, proposal FROM exchange.join_request
      WHERE agency = \(agency)
      """
    ).flatMap { try application($0) }
  }

  /// Keeps a request that passed its checks; the newest of an agency replaces the older.
  ///
  /// What was proposed on the older one belongs to another invitation and is forgotten.
  static func keep(
    _ request: Exchange.JoinRequest, at now: Timestamp, in transaction: borrowing Transaction
  ) throws {
    try transaction.later(
      """
      INSERT INTO exchange.join_request (agency, invitation, request, received_at)
      VALUES (\(request.entry.code), \(request.invitation), \(request.encoded()), \(now))
      ON CONFLICT (agency) DO UPDATE
        SET invitation = excluded.invitation, request = excluded.request,
          received_at = CASE WHEN join_request.invitation = excluded.invitation
            THEN join_request.received_at ELSE excluded.received_at END,
          proposal = CASE WHEN join_request.invitation = excluded.invitation
            THEN join_request.proposal END
      """)
  }

  /// Notes the change set that proposes the admission.
  static func note(
    _ proposal: ChangeSetID, for agency: AgencyCode, in transaction: borrowing Transaction
  ) throws {
    try transaction.later(
      "UPDATE exchange.join_request SET proposal = \(proposal) WHERE agency = \(agency)")
  }

  private static func application(_ row: Row) throws -> Application? {
    guard let request = Exchange.JoinRequest.decode(try row.value(1, as: [UInt8].self)) else {
      return nil
    }
    return Application(
      agency: try row.value(0), request: request, receivedAt: try row.value(2),
      proposal: try row.value(3))
  }
}

/// Who an invited agency is, as the registrar said when it invited, in `office.invitee`.
enum Invitees {
  static func keep(
    _ profile: API.AgencyProfile, of agency: AgencyCode, at now: Timestamp,
    in transaction: borrowing Transaction
  ) throws {
    let json = SQLJSON(
      String(decoding: try JSONValue(encoding: profile).encoded(), as: UTF8.self))
    try transaction.later(
      """
      INSERT INTO office.invitee (agency, profile, created_at)
      VALUES (\(agency), \(json), \(now))
      ON CONFLICT (agency) DO UPDATE
        SET profile = excluded.profile, created_at = excluded.created_at
      """)
  }

  /// The entry that the registrar proposes: as it invited, not as the newcomer calls itself.
  static func entry(
    of agency: AgencyCode, else claimed: AgencyEntry, in transaction: borrowing Transaction
  ) throws -> AgencyEntry {
    let text = try transaction.value(
      "SELECT profile FROM office.invitee WHERE agency = \(agency)", as: SQLJSON.self)
    guard let text else { return claimed }
    let profile: API.AgencyProfile = try JSONValue(parsing: Array(text.text.utf8)).decoded()
    return try AgencyEntry(profile)
  }
}

extension AgencyEntry {
  /// The entry of a profile of the API; the code table of kinds is checked.
  init(_ profile: API.AgencyProfile) throws {
    let code = try Field.agency(profile.code, "code")
    let kind = try Field.optionalCode(profile.kind, "kind", as: AgencyKind.self)
    let level = try Field.optionalCode(profile.level, "level", as: AgencyLevel.self)
    self.init(
      code: code, name: try Field.line(profile.name, "name"),
      shortName: try Field.optionalLine(profile.shortName, "shortName"),
      level: level?.rawValue ?? "", region: profile.region ?? code.region,
      creditCode: try Field.optionalLine(profile.creditCode, "creditCode"),
      kind: kind?.rawValue ?? AgencyKind.unit.rawValue)
  }
}

/// The level of an agency in the directory (层级).
enum AgencyLevel: String, CodeTable {
  case province, city, county

  /// The words people see for the level.
  var term: Term {
    switch self {
    case .province: Term("省级", "province")
    case .city: Term("市级", "city")
    case .county: Term("县级", "county")
    }
  }
}
