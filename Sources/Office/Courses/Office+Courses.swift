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
      guard let folded = try transaction.folded(found.dossier) else {
        throw Lookup.notFound(request.dossier)
      }
      let subject = try CourseSubject(found, of: folded, named: request.dossier)
      return try desk.advance(subject, request, in: folded, transaction)
    }
  }
}

extension Desk {
  /// Takes the next step of one course.
  mutating func advance(
    _ subject: CourseSubject, _ request: API.AdvanceRequest, in folded: FoldedDossier,
    _ transaction: borrowing OfficeTransaction
  ) throws -> API.Step {
    let stage = try Field.code(request.stage, "stage", as: Stage.self)
    guard let home = folded.home else { throw Lookup.notFound(request.dossier) }
    let (entry, card) = (subject.entry, subject.card)
    let role = try role(
      .stage(stage), in: subject.course.machine, from: card.stage,
      reached: Reached(group: "stage", agency: card.movedBy ?? home, on: card.stageOn))
    var act = Act(
      on: entry.record.id, card.type, verb: .advance, actor: try clerk().id, role: role,
      date: try date(request.on), basis: [entry.place],
      note: try Field.optionalText(request.note, "note"))
    act.kind = stage.rawValue
    act.reason = try Field.optionalLine(request.reason, "reason")
    act.internalNumber = try Field.optionalLine(request.number, "number")
    if let plan = request.plan {
      try approve(&act, by: plan, subject, in: folded, transaction)
    } else if entry.author == office.agency, stage == .approved {
      try refuseApproval(act.internalNumber, of: subject, in: folded, transaction)
    }
    act.dueOn = try Field.date(request.dueOn, "dueOn")
    act.agencies = try Field.agencies([request.handler].compactMap(\.self), "handler")
    try known(act.agencies)
    try refuseExcluded(act.agencies, in: folded.id, in: transaction)
    for cited in request.cites {
      act.basis.append(try citation(cited, of: folded.id, in: transaction))
    }
    if stage == .confirmed || stage == .disputed { act.hash = entry.record.hash }
    if stage == .confirmed, let document = entry.document {
      switch document.form {
      case .statement: try assertAgrees(with: document, entry, of: folded, in: transaction)
      case .annualReport: try assertCounts(document, entry, of: folded, in: transaction)
      default: break
      }
    }
    if request.cites.isEmpty { act.basis += card.answered(by: stage) }
    var step = try write(act, in: folded.id, in: transaction)
    let reached = try transaction.folded(folded.id)
    let after = reached?.course(of: entry) ?? reached?.course(card.subject)
    step.state = after?.stage.rawValue
    return step
  }
}

/// What has a course: a record, or a dossier.
struct CourseSubject {
  let entry: Entry
  let card: CourseCard
  let course: Course

  private init(entry: Entry, card: CourseCard, course: Course) {
    self.entry = entry
    self.card = card
    self.course = course
  }

  /// The subject that was found: the record named, or the dossier.
  init(_ found: Lookup.Found, of folded: FoldedDossier, named text: String) throws {
    if let named = found.record, let entry = folded.entry(named), entry.cover == nil {
      try self.init(entry, of: folded)
      return
    }
    guard let entry = folded.coverEntry, let kind = folded.cover?.kind, let card = folded.course
    else { throw Lookup.notFound(text) }
    self.init(entry: entry, card: card, course: Course.of(kind))
  }

  /// The document or item at its place.
  init(_ entry: Entry, of folded: FoldedDossier) throws {
    let course = entry.document.map(\.form).flatMap(Course.of)
    guard let card = folded.course(of: entry),
      let course = course ?? entry.item.flatMap({ Course.of($0.kind) })
    else { throw OfficeError(.conflict, ["detail": "conflict.noCourse"]) }
    self.init(entry: entry, card: card, course: course)
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
