import Casework
import Exchange
import Ledger
import Postgres
import Replica

/// A tracked item as the tables show it, with its place for citing.
struct TrackedItem {
  let dossier: DossierID
  let id: RecordID
  let place: Citation
  let issuer: AgencyCode
  let unit: AgencyCode?
  let state: ItemState
  let newestReport: RecordID?
  let reached: Desk.Reached

  init(
    _ text: String, by agency: AgencyCode, in transaction: borrowing OfficeTransaction
  ) throws {
    let found = try Lookup(agency: agency).find(text, in: transaction)
    guard found.kind == .item, let id = found.record else { throw Lookup.notFound(text) }
    let row = try transaction.sql.firstRow(
      """
      SELECT i.change, i.part, i.record, c.issuer, c.unit, c.state, c.report, c.reported_on,
        c.passed_on, c.signed_off_on
      FROM casework.item_card c
      JOIN casework.item i ON i.dossier = c.dossier AND i.author = c.issuer AND i.id = c.item
      WHERE c.dossier = \(found.dossier) AND c.item = \(id)
      """)
    guard let row, let state = ItemState(rawValue: try row.value(5)) else {
      throw OfficeError(.conflict, ["detail": "conflict.notTracked"])
    }
    self.id = id
    self.state = state
    dossier = found.dossier
    place = try Citation(row)
    issuer = try row.value(3)
    unit = try row.value(4)
    newestReport = try row.value(6)
    let byUnit = state == .reported || state == .acknowledged || state == .planned
    let on =
      try row.value(9, as: CivilDate?.self) ?? row.value(8, as: CivilDate?.self)
      ?? row.value(7, as: CivilDate?.self)
    reached = Desk.Reached(group: "itemState", agency: byUnit ? unit ?? issuer : issuer, on: on)
  }

  /// The place of the report named, or of the newest one; nil when there is none.
  func report(
    _ named: String?, in transaction: borrowing OfficeTransaction
  ) throws -> Citation? {
    var wanted = newestReport
    if let named, !named.isEmpty { wanted = try Field.record(named, "report") }
    guard let wanted else { return nil }
    let row = try transaction.sql.firstRow(
      """
      SELECT change, part, record FROM casework.act
      WHERE dossier = \(dossier) AND target = \(id) AND id = \(wanted)
        AND verb = \(Verb.report.rawValue)
      """)
    guard let row else { throw Lookup.notFound(named ?? wanted.uuidString) }
    return try Citation(row)
  }

  /// The places of the acts of a verb on the item.
  func acts(
    _ verb: Verb, in transaction: borrowing OfficeTransaction
  ) throws -> [Citation] {
    try transaction.sql.rows(
      """
      SELECT change, part, record FROM casework.act
      WHERE dossier = \(dossier) AND target = \(id) AND verb = \(verb.rawValue)
      ORDER BY authored_at, change
      """
    ).map { try Citation($0) }
  }

  /// What the unit asked the issuer to decide: the act named, or every one of the verb.
  ///
  /// A decision that names none answers all that is known, so nothing the unit asked stays open
  /// without anybody having meant it; citing what was answered before changes nothing.
  func asked(
    _ verb: Verb, _ named: String?, in transaction: borrowing OfficeTransaction
  ) throws -> [(place: Citation, dueOn: CivilDate?)] {
    var wanted: RecordID?
    if let named, !named.isEmpty { wanted = try Field.record(named, "request") }
    let found = try transaction.sql.rows(
      """
      SELECT change, part, record, due_on FROM casework.act
      WHERE dossier = \(dossier) AND target = \(id) AND verb = \(verb.rawValue)
        AND (\(wanted)::uuid IS NULL OR id = \(wanted))
      ORDER BY authored_at, change
      """
    ).map { (place: try Citation($0), dueOn: try $0.value(3, as: CivilDate?.self)) }
    guard !found.isEmpty else {
      if let wanted { throw Lookup.notFound(named ?? wanted.uuidString) }
      throw OfficeError(.conflict, ["detail": "conflict.notAsked, verb.\(verb.rawValue)"])
    }
    return found
  }
}

extension Desk {
  /// Writes one act on an item: author and role as the machine's row says, state, citation, date.
  mutating func decide(
    _ verb: Verb, _ item: TrackedItem, _ on: String?, _ note: String, citing basis: [Citation] = [],
    in transaction: borrowing OfficeTransaction, _ fill: (inout Act) throws -> Void = { _ in }
  ) throws -> API.Step {
    let role = try role(
      .verb(verb), in: Machines.item, from: item.state, reached: item.reached)
    let isUnits = Machines.item.rules.contains { $0.step == .verb(verb) && $0.by == .unit }
    let lawful = isUnits ? item.unit : item.issuer
    guard lawful == office.agency else {
      throw OfficeError(
        .notYours, ["verb": "verb.\(verb.rawValue)", "agency": lawful?.rawValue ?? "-"])
    }
    var act = Act(
      on: item.id, .item, verb: verb, actor: try clerk().id, role: role, date: try date(on),
      basis: [item.place] + basis, note: try Field.optionalText(note, "note"))
    try fill(&act)
    var step = try write(act, in: item.dossier, in: transaction)
    step.state = try transaction.sql.value(
      "SELECT state FROM casework.item_card WHERE dossier = \(item.dossier) AND item = \(item.id)",
      as: String.self)
    return step
  }
}
