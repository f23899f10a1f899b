import Exchange
import Ledger
import Postgres
import Replica

/// What every step at a desk asks, read by one statement before it does anything: whether it was
/// done already, what the agency last said about itself, the settings of the desk, and where the
/// audit ends.
struct Beginning {
  private let request: (digest: Hash256, answer: [UInt8])?
  private let particulars: (version: Int, signed: SignedObject)?
  private let settings: [Setting: String?]
  /// Where the audit ends.
  let audited: AuditLog.Head

  /// Reads it for a request with a key, or without one, at the desk of an office.
  init(
    _ key: String?, at office: Office, in transaction: borrowing Transaction
  ) throws {
    let word = Setting.name(Setting.numberWord.rawValue, at: office.settingsDesk)
    let categories = Setting.name(Setting.findingCategories.rawValue, at: office.settingsDesk)
    let row = try transaction.firstRow(
      """
      SELECT r.digest, r.answer, p.version, p.body, p.signature, w.value, f.value, h.seq,
        h.hash
      FROM (VALUES (true)) AS one (single)
      LEFT JOIN office.request AS r ON r.key = \(key)
      LEFT JOIN LATERAL (
        SELECT version, body, signature FROM office.particulars
        WHERE agency = \(office.agency) ORDER BY version DESC LIMIT 1
      ) AS p ON true
      LEFT JOIN office.setting AS w ON w.name = \(word)
      LEFT JOIN office.setting AS f ON f.name = \(categories)
      LEFT JOIN office.audit_head AS h ON h.single
      """)
    guard let row else { throw OfficeError(.internalFault, ["request": key ?? "-"]) }
    let (digest, answer, version, body, signature) = try row.values(
      Hash256?.self, [UInt8]?.self, Int?.self, [UInt8]?.self, [UInt8]?.self)
    if let digest, let answer { request = (digest, answer) } else { request = nil }
    if let version, let body, let signature {
      particulars = (version, SignedObject(body: body, signature: signature))
    } else {
      particulars = nil
    }
    settings = [
      .numberWord: try row.value(5, as: String?.self) ?? Setting.numberWord.fallback,
      .findingCategories: try row.value(6, as: String?.self) ?? Setting.findingCategories.fallback,
    ]
    audited = AuditLog.Head(
      try row.value(7, as: Int?.self), try row.value(8, as: Hash256?.self))
  }

  /// The answer kept for the key; refused when the key came with another request.
  func answer<Answer: Codable & Sendable>(
    to acting: Acting, _ fingerprint: Hash256
  ) throws -> Answer? {
    guard let key = acting.idempotencyKey, let request else { return nil }
    guard request.digest == fingerprint else { throw OfficeError(.keyReused, ["key": key]) }
    return try JSONValue(parsing: request.answer).decoded()
  }

  /// The agency's newest particulars, when they are of a later version.
  func particulars(after version: UInt64) -> SignedObject? {
    particulars.flatMap { $0.version > Int(clamping: version) ? $0.signed : nil }
  }

  /// The value of a setting, set or assumed; nil of one that is not read with the beginning.
  func value(of setting: Setting) -> String?? { settings[setting] }
}

extension Desk {
  /// The value of a setting of this desk as it was when the step began.
  func setting(
    _ setting: Setting, in transaction: borrowing OfficeTransaction
  ) throws -> String? {
    if let known = beginning?.value(of: setting) { return known }
    return try setting.value(at: office.settingsDesk, in: transaction.sql)
  }
}
