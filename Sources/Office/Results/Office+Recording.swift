import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Desk {
  /// Records a result that is no step of a discipline body, in the dossier that the request names.
  ///
  /// What a discipline body alone states is refused, not left out.
  mutating func record(
    _ kind: ResultKind, _ request: API.ResultRequest, in transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    let dossier = try Lookup(agency: office.agency).dossier(request.clue, in: transaction)
    guard let folded = try transaction.folded(dossier), let home = folded.home,
      let cover = folded.coverEntry, let of = folded.cover?.kind, let card = folded.course
    else { throw Lookup.notFound(request.clue) }
    guard let rule = ResultRule.row(for: kind), rule.dossiers.contains(of) else {
      throw OfficeError(.conflict, ["detail": "void.wrongDossierKind, result.\(kind.rawValue)"])
    }
    try refuseUnfit(request)
    let course = Course.of(of)
    let label = "verb.result(\(kind.rawValue))"
    let role =
      course.machine.knows(.result(kind))
      ? try role(
        .result(kind), in: course.machine, from: card.stage,
        reached: Reached(group: "stage", agency: card.movedBy ?? home, on: card.stageOn))
      : try role(rule.roles, for: label)
    let result = Casework.Result(
      kind: kind, on: try date(request.on), amount: request.amount.map(Int64.init),
      decidedBy: try Field.optionalLine(request.decidedBy, "decidedBy"),
      documentNumber: try Field.optionalLine(request.documentNumber, "documentNumber"),
      note: try Field.optionalText(request.note, "note"), actor: try clerk().id, role: role,
      basis: [cover.place], rating: try rating(request.rating, as: kind))
    var composition = Composition(office.agency)
    composition.add(newID(), .result(result))
    let written = try commit(composition, to: dossier, in: transaction)
    let state = try transaction.folded(dossier)?.course?.stage.rawValue
    return try step(dossier, written.id, composition.ids, state: state, in: transaction)
  }

  /// Refuses what a result of a discipline body alone carries.
  private func refuseUnfit(_ request: API.ResultRequest) throws {
    let stated = [
      ("case", request.case),
      ("measures", request.measures.first.map { "\($0.class)=\($0.value)" }),
      ("personKey", request.personKey),
      ("formOfDiscipline", request.formOfDiscipline.map { String($0) }),
    ]
    for case (let field, let value?) in stated {
      throw Field.invalid(value, field, "value.absent")
    }
  }
}
