import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Corrects a result that this agency recorded: a new version; what is absent stays as it was.
  package func correctResult(
    _ request: API.CorrectResultRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.correctResult, request, by: acting, on: request.result) {
      transaction, desk in
      try desk.revise(request.result, .supersede, request.text, in: transaction) { result, desk in
        if request.on != nil { result.on = try desk.date(request.on) }
        if !request.measures.isEmpty { result.measures = try request.measures.map(measure) }
        if let amount = request.amount { result.amount = Int64(amount) }
        if request.decidedBy != nil {
          result.decidedBy = try Field.optionalLine(request.decidedBy, "decidedBy")
        }
        if request.documentNumber != nil {
          result.documentNumber = try Field.optionalLine(request.documentNumber, "documentNumber")
        }
        if let form = request.formOfDiscipline {
          result.formOfDiscipline = try formOfDiscipline(form)
        }
        result.rating = try desk.rating(request.rating, from: result.rating, as: result.kind)
      }
    }
  }

  /// Revokes a result that this agency recorded; it counts no more and stays readable.
  package func revokeResult(
    _ request: API.RevokeResultRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.revokeResult, request, by: acting, on: request.result) {
      transaction, desk in
      try desk.revise(request.result, .verb(.revoke), request.text, in: transaction) {
        result, desk in
        result.on = try desk.date(request.on)
        result.revoked = true
      }
    }
  }

  /// Reads a measure of a request.
  func measure(_ measure: API.Measure) throws -> Casework.Measure {
    let kind = try Field.code(measure.class, "measures.class", as: MeasureClass.self)
    guard let value = Casework.Measure(kind, measure.value) else {
      throw Field.invalid(
        measure.value, "measures.value", kind.values.map(\.code).joined(separator: " | "))
    }
    return value
  }

  /// Reads the form of discipline of a request, 0 where it states none.
  func formOfDiscipline(_ number: Int?) throws -> UInt32 {
    guard let number else { return 0 }
    guard (1...4).contains(number) else {
      throw Field.invalid(String(number), "formOfDiscipline", "1…4")
    }
    return UInt32(number)
  }
}

extension Desk {
  /// Writes the next version of a result: the one in force, changed.
  fileprivate mutating func revise(
    _ named: String, _ step: Casework.Step, _ why: String,
    in transaction: borrowing OfficeTransaction,
    _ change: (inout Casework.Result, Desk) throws -> Void
  ) throws -> API.Step {
    let old = try ResultInForce(named, by: office.agency, in: transaction)
    let role = try role(step, in: Machines.result, from: old.state, reached: old.reached)
    guard old.record.author == office.agency else {
      throw OfficeError(
        .notYours, ["verb": "verb.\(step.code)", "agency": old.record.author.rawValue])
    }
    var result = old.result
    result.actor = try clerk().id
    result.role = role
    result.note = try Field.text(why, "text")
    result.basis = [old.place]
    try change(&result, self)
    var composition = Composition(office.agency)
    composition.add(newID(), .result(result), revises: old.place)
    let written = try commit(composition, to: old.dossier, in: transaction)
    let state = result.revoked ? ResultState.revoked : ResultState.valid
    return try self.step(
      old.dossier, written.id, composition.ids, state: state.rawValue, in: transaction)
  }
}

/// The version of a result in force, found by any of its versions.
private struct ResultInForce {
  let dossier: DossierID
  let place: Citation
  let state: ResultState
  let record: CaseRecord
  let result: Casework.Result
  let reached: Desk.Reached

  init(
    _ text: String, by agency: AgencyCode, in transaction: borrowing OfficeTransaction
  ) throws {
    let found = try Lookup(agency: agency).find(text, in: transaction)
    guard found.kind == .result, let id = found.record else { throw Lookup.notFound(text) }
    let row = try transaction.sql.firstRow(
      """
      SELECT r.change, r.part, r.record, r.status
      FROM casework.result n JOIN casework.result r
        ON r.dossier = n.dossier AND r.author = n.author AND r.root = n.root
      WHERE n.dossier = \(found.dossier) AND n.id = \(id)
        AND r.status <> \(ResultState.revised.rawValue)
      ORDER BY r.authored_at DESC, r.id DESC LIMIT 1
      """)
    guard let row, let state = ResultState(rawValue: try row.value(3)) else {
      throw Lookup.notFound(text)
    }
    place = try Citation(row)
    guard
      let records = try transaction.changeSets([place.change]).first?.part(place.part)?.records,
      records.indices.contains(place.record),
      case .record(let record) = CaseRecord.read(records[place.record]),
      case .result(let result) = record.content
    else { throw Lookup.notFound(text) }
    dossier = found.dossier
    self.state = state
    self.record = record
    self.result = result
    reached = Desk.Reached(group: "resultState", agency: record.author, on: result.on)
  }
}
