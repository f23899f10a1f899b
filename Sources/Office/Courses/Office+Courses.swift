import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Takes the next step of a course: of a dossier, of a document of figures or of an expert.
  ///
  /// Whose step it is, in which role and what it needs say the rows of the course.
  package func advance(_ request: API.AdvanceRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.advance, request, by: acting, on: request.dossier) { transaction, desk in
      let found = try Lookup(agency: agency).find(request.dossier, in: transaction)
      let stage = try Field.code(request.stage, "stage", as: Stage.self)
      guard let folded = try transaction.folded(found.dossier), let home = folded.home else {
        throw Lookup.notFound(request.dossier)
      }
      let subject = try Self.subject(request, found, folded)
      let (entry, card) = (subject.entry, subject.card)
      let role = try desk.role(
        .stage(stage), in: subject.course.machine, from: card.stage,
        reached: Desk.Reached(group: "stage", agency: card.movedBy ?? home, on: card.stageOn))
      var act = Act(
        on: entry.record.id, card.type, verb: .advance, actor: try desk.clerk().id, role: role,
        date: try desk.date(request.on), basis: [entry.place],
        note: try Field.optionalText(request.note, "note"))
      act.kind = stage.rawValue
      act.reason = try Field.optionalLine(request.reason, "reason")
      act.internalNumber = try Field.optionalLine(request.number, "number")
      act.dueOn = try Field.date(request.dueOn, "dueOn")
      act.agencies = try Field.agencies([request.handler].compactMap(\.self), "handler")
      try desk.known(act.agencies)
      try desk.refuseExcluded(act.agencies, in: found.dossier, in: transaction)
      for cited in request.cites {
        act.basis.append(try desk.citation(cited, of: found.dossier, in: transaction))
      }
      if stage == .confirmed || stage == .disputed { act.hash = entry.record.hash }
      if stage == .confirmed, let document = entry.document, document.form == .statement {
        try desk.assertAgrees(with: document, of: entry.author, in: transaction)
      }
      if request.cites.isEmpty { act.basis += card.answered(by: stage) }
      var step = try desk.write(act, in: found.dossier, in: transaction)
      step.state = try transaction.folded(found.dossier)?.course(card.subject)?.stage.rawValue
      return step
    }
  }

  /// What has the course: the record named, or the dossier.
  private static func subject(
    _ request: API.AdvanceRequest, _ found: Lookup.Found, _ folded: FoldedDossier
  ) throws -> (entry: Entry, card: CourseCard, course: Course) {
    if let named = found.record, let entry = folded.entry(named), entry.cover == nil {
      let course = entry.document.map(\.form).flatMap(Course.of)
      if let card = folded.course(named),
        let course = course ?? entry.item.flatMap({ Course.of($0.kind) })
      {
        return (entry, card, course)
      }
      throw OfficeError(.conflict, ["detail": "conflict.noCourse"])
    }
    guard let entry = folded.coverEntry, let kind = folded.cover?.kind, let card = folded.course
    else { throw Lookup.notFound(request.dossier) }
    return (entry, card, Course.of(kind))
  }
}

extension CourseCard {
  /// What a step answers when nothing is cited: the first request that waits, or of what was
  /// approved the earliest days.
  fileprivate func answered(by stage: Stage) -> [Citation] {
    switch stage {
    case .approved, .declined:
      secondments.filter { $0.outcome == .open }.prefix(1).map(\.request)
    case .deployed:
      secondments.filter { $0.outcome == .approved }.min { $0.period.first < $1.period.first }
        .flatMap(\.approval).map { [$0] } ?? []
    default: []
    }
  }
}
