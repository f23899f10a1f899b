import Ledger

extension Questions {
  /// Where the dossier stands; nil before its cover is here.
  func dossierCourse() -> CourseCard? {
    let covers = index.covers(sight)
    guard let first = covers.first, let kind = covers.last?.cover?.kind else { return nil }
    let course = Course.of(kind)
    let results = index.results(sight).filter { entry in
      guard let kind = entry.result?.kind, entry.record.revises == nil,
        entry.audience == first.audience
      else { return false }
      return course.machine.knows(.result(kind))
    }
    let acts = covers.flatMap { index.advances($0.place, sight) }
    return run(course, first, .dossier, kind.rawValue, acts + results)
  }

  /// The record of the other dossier that this clue was merged into; the last word stands (K4).
  func survivor() -> RecordID? { merge()?.act?.points.first }

  /// The last act that merged this clue into another.
  func merge() -> Entry? {
    causal(index.covers(sight).flatMap { acts($0.place, [.merge]) }).last
  }

  /// Where a document of figures stands; nil for every other form.
  func course(ofDocument entry: Entry) -> CourseCard? {
    guard let form = entry.document?.form, let course = Course.of(form) else { return nil }
    return run(
      course, entry, .document, form.rawValue, index.advances(entry.place, sight))
  }

  /// Where an expert stands; nil for every other item.
  func course(ofItem entry: Entry) -> CourseCard? {
    guard let kind = entry.item?.kind, let course = Course.of(kind) else { return nil }
    return run(course, entry, .item, kind.rawValue, index.advances(entry.place, sight))
  }

  /// The steps that lead an entry of a course: the stage of an act, the kind of a result.
  static func step(of entry: Entry) -> Step? {
    if let act = entry.act { return Stage(rawValue: act.kind).map(Step.stage) }
    return entry.result.map { .result($0.kind) }
  }

  /// Entries in an order that no arrival changes: ancestors first, and of two whose authors had not
  /// seen each other the one of the smaller agency code.
  func causal(_ entries: [Entry]) -> [Entry] {
    var chains = Dictionary(grouping: entries, by: \.author)
      .mapValues { $0.sorted(by: Entry.precedes)[...] }
    let authors = chains.keys.sorted()
    var ordered: [Entry] = []
    // An author's next entry is an ancestor of all its later ones, so among the next of each there
    // is always one without another as its ancestor; the walk ends when no chain has any left.
    while true {
      let heads = authors.compactMap { chains[$0]?.first }
      let next = heads.first { head in
        !heads.contains { other in
          other.author != head.author
            && sight.isAncestor(other.place.change, head.place.change)
        }
      }
      guard let next else { return ordered }
      ordered.append(next)
      chains[next.author]?.removeFirst()
    }
  }

  private func run(
    _ course: Course, _ subject: Entry, _ type: RecordType, _ kind: String, _ steps: [Entry]
  ) -> CourseCard {
    var card = CourseCard(
      subject: subject.record.id, type: type, author: subject.author, kind: kind,
      begunOn: begun(subject), machine: course.machine.name, audience: subject.audience,
      stage: course.begins)
    var latest: Entry?
    for entry in causal(steps) {
      guard let step = Self.step(of: entry) else { continue }
      if entry.result != nil, !isValid(entry) { continue }
      // The step was lawful in its own ancestry. Where something before it became void since, it
      // stands and is marked for review, so any row of the step will do.
      let rule =
        course.machine.rule(step, from: card.stage)
        ?? course.machine.rules.first { $0.step == step }
      guard let rule else { continue }
      note(entry, &card)
      guard case .moves(let stage) = rule.to else { continue }
      guard isAfter(entry, latest) || stage.rank > card.stage.rank else { continue }
      card.stage = stage
      card.stageOn = entry.act?.on ?? current(entry).result?.on
      card.movedBy = entry.author
      switch stage {
      case .registered:
        card.handler = nil
        card.acceptedOn = nil
      case .transferred, .objected: card.acceptedOn = nil
      case .accepted: card.acceptedOn = card.stageOn
      case .handling:
        // Whoever handles it has it, even where its home took it back meanwhile.
        card.handler = entry.author == card.author ? nil : entry.author
        card.acceptedOn = card.acceptedOn ?? card.stageOn
      default: break
      }
      latest = entry
    }
    if type == .dossier, card.stage == .archived, let latest { card.isLate = hasLate(latest) }
    return card
  }

  /// The day that what has the course began: the date of the document that is it or carries it.
  private func begun(_ subject: Entry) -> CivilDate {
    let document = subject.document ?? subject.target.flatMap { entry(at: $0)?.document }
    return document?.issuedOn ?? subject.authoredAt.civilDate
  }

  /// Whether the author of a step had seen the one that stands.
  private func isAfter(_ entry: Entry, _ latest: Entry?) -> Bool {
    guard let latest else { return true }
    return latest.place.change == entry.place.change
      || sight.isAncestor(latest.place.change, entry.place.change)
  }

  private func note(_ entry: Entry, _ card: inout CourseCard) {
    if let result = current(entry).result {
      card.results += 1
      let (sum, isTooLarge) = card.amount.addingReportingOverflow(result.amount ?? 0)
      card.amount = isTooLarge ? .max : sum
    }
    guard let act = entry.act, let stage = Stage(rawValue: act.kind) else { return }
    switch stage {
    case .transferred, .assigned: card.handler = act.agencies.first
    case .accepted, .objected: card.handler = nil
    case .approved where card.type != .item: card.approval = act.internalNumber
    case .extended: card.dueOn = act.dueOn
    case .confirmed, .disputed:
      let isConfirmed = stage == .confirmed
      card.confirmed = Self.list(card.confirmed, entry.author, isConfirmed)
      card.disputed = Self.list(card.disputed, entry.author, !isConfirmed)
    case .corrected: card.corrections += 1
    default: break
    }
    if card.type == .item { noteSecondment(entry, act, stage, &card) }
  }

  private static func list(
    _ agencies: [AgencyCode], _ agency: AgencyCode, _ isOn: Bool
  ) -> [AgencyCode] {
    var set = Set(agencies)
    if isOn { set.insert(agency) } else { set.remove(agency) }
    return set.sorted()
  }

  private func noteSecondment(
    _ entry: Entry, _ act: Act, _ stage: Stage, _ card: inout CourseCard
  ) {
    if stage == .requested, let period = Period(act.reason) {
      card.secondments.append(CourseCard.Secondment(request: entry.place, period: period))
    }
    for position in card.secondments.indices {
      let one = card.secondments[position]
      switch stage {
      case .approved where one.outcome == .open && act.basis.contains(one.request):
        card.secondments[position].outcome = .approved
        card.secondments[position].approval = entry.place
      case .declined where one.outcome == .open && act.basis.contains(one.request):
        card.secondments[position].outcome = .declined
      case .deployed where one.outcome == .approved:
        guard let approval = one.approval, act.basis.contains(approval) else { continue }
        card.secondments[position].outcome = .deployed
      case .returned where one.outcome == .deployed: card.secondments[position].outcome = .ended
      default: break
      }
    }
  }

  /// Whether another agency did open case work without having seen the archiving that stands.
  private func hasLate(_ archived: Entry) -> Bool {
    let change = archived.place.change
    sight.inquiry?.note(.everything)
    return index.all.contains { entry in
      guard entry.author != archived.author, entry.audience.isEmpty, !entry.isAboutPart,
        sight.contains(entry), entry.act?.verb.isLate != false
      else { return false }
      return !sight.isAncestor(entry.place.change, change)
        && !sight.isAncestor(change, entry.place.change)
    }
  }
}

extension Verb {
  /// Whether an act of the verb is case work, which an archived dossier takes no more.
  var isLate: Bool {
    switch self {
    case .admit, .exclude, .end, .relate: false
    default: true
    }
  }
}
