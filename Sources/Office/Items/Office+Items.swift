import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Reports on an item that this agency is responsible for.
  package func reportItem(
    _ request: API.ItemReportRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.reportItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let text = try Field.text(request.text, "text")
      return try desk.decide(.report, item, request.on, text, citing: [], in: transaction)
    }
  }

  /// Passes the report of an item that this agency issued.
  package func passItem(_ request: API.ItemActRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.passItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let report = try item.report(request.report, in: transaction)
      return try desk.decide(
        .pass, item, request.on, request.note ?? "", citing: [report].compactMap(\.self),
        in: transaction)
    }
  }

  /// Sends the report of an item that this agency issued back, with a reason of the table.
  package func rejectItem(
    _ request: API.ItemRejectRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.rejectItem, request, by: acting, on: request.item) { transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let reason = try Field.code(request.reason, "reason", as: RejectReason.self)
      let report = try item.report(request.report, in: transaction)
      return try desk.decide(
        .reject, item, request.on, request.note ?? "", citing: [report].compactMap(\.self),
        reason: reason.rawValue, in: transaction)
    }
  }

  /// Signs off an item that passed.
  package func signOffItem(
    _ request: API.ItemActRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.signOffItem, request, by: acting, on: request.item) {
      transaction, desk in
      let item = try TrackedItem(request.item, by: agency, in: transaction)
      let report = try item.report(request.report, in: transaction)
      let passed = try item.acts(.pass, in: transaction)
      return try desk.decide(
        .signOff, item, request.on, request.note ?? "",
        citing: [report].compactMap(\.self) + passed, in: transaction)
    }
  }
}

extension Desk {
  fileprivate mutating func decide(
    _ verb: Verb, _ item: TrackedItem, _ on: String?, _ note: String, citing basis: [Citation],
    reason: String = "", in transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    let role = try role(
      .verb(verb), in: Machines.item, from: item.state, reached: item.reached)
    let lawful = verb == .report ? item.unit : item.issuer
    guard lawful == office.agency else {
      throw OfficeError(
        .notYours, ["verb": "verb.\(verb.rawValue)", "agency": lawful?.rawValue ?? "-"])
    }
    let act = Act(
      on: item.id, .item, verb: verb, actor: try clerk().id, role: role, date: try date(on),
      basis: [item.place] + basis, reason: reason, note: try Field.optionalText(note, "note"))
    var composition = Composition(office.agency)
    composition.add(newID(), .act(act))
    let written = try commit(composition, to: item.dossier, in: transaction)
    let state = try transaction.sql.value(
      "SELECT state FROM casework.item_card WHERE dossier = \(item.dossier) AND item = \(item.id)",
      as: String.self)
    return try step(item.dossier, written.id, composition.ids, state: state, in: transaction)
  }
}

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
}
