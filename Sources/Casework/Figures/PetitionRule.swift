import Ledger

/// `petitionsAccepted`, `petitionsClosed`, `petitionRate` and `petitionOnTime`.
///
/// A petition is accepted by the act of its home, and no more once its home took it back or gave
/// it away. The rate asks of those accepted in the period how many are closed; one registered and
/// not accepted is in neither number. On time is closed within 60 days of the acceptance, and 30
/// more where its handler extended it (信访工作条例第34条).
struct PetitionRule: CountingRule {
  private static let days = 60
  private static let moreDays = 30

  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    bundle.dossiers.flatMap { dossier -> [FigureFact] in
      guard dossier.cover?.kind == .petition, let home = dossier.home,
        let cover = dossier.coverEntry
      else { return [] }
      let course = PetitionCourse(dossier)
      let make = { (code: FigureCode, step: PetitionCourse.Step, count: Int64, of: Int64) in
        FigureFact(
          FigureEntry(
            FigureKey(code), in: dossier.id, cover.record.id, by: step.entry, on: step.on,
            owner: home, count: count, of: of))
      }
      var facts: [FigureFact] = []
      if let closed = course.closed { facts.append(make(.petitionsClosed, closed, 1, 0)) }
      guard let accepted = course.accepted else { return facts }
      facts.append(make(.petitionsAccepted, accepted, 1, 0))
      let isOnTime = course.closed.map { $0.on <= limit(course, accepted, terms) } ?? false
      // The deciding act of a rate is the closing where there is one; the day is the acceptance.
      let last = PetitionCourse.Step(entry: (course.closed ?? accepted).entry, on: accepted.on)
      facts.append(make(.petitionRate, last, course.closed == nil ? 0 : 1, 1))
      facts.append(make(.petitionOnTime, last, isOnTime ? 1 : 0, 1))
      return facts
    }
  }

  private func limit(
    _ course: PetitionCourse, _ accepted: PetitionCourse.Step, _ terms: FigureTerms
  ) -> CivilDate {
    let plain = terms.limit(accepted.on, Self.days)
    guard let extended = course.extendedTo else { return plain }
    return max(plain, min(extended, terms.limit(plain, Self.moreDays)))
  }
}

/// When a petition was accepted and closed, by what its course says.
private struct PetitionCourse {
  struct Step {
    let entry: Entry
    let on: CivilDate
  }

  private(set) var accepted: Step?
  private(set) var closed: Step?
  private(set) var extendedTo: CivilDate?

  init(_ dossier: FoldedDossier) {
    for step in dossier.courseSteps {
      if let result = step.result {
        let current = dossier.questions.current(step)
        if result.kind == .petitionClosed, let stated = current.result, !stated.revoked {
          closed = Step(entry: current, on: stated.on)
        }
        continue
      }
      guard let act = step.act else { continue }
      switch Stage(rawValue: act.kind) {
      case .accepted:
        accepted = Step(entry: step, on: act.on)
        closed = nil
        extendedTo = nil
      case .registered, .transferred, .notAccepted, .guided:
        accepted = nil
        closed = nil
        extendedTo = nil
      case .extended: extendedTo = act.dueOn
      default: break
      }
    }
  }
}

extension FoldedDossier {
  /// The steps of the dossier's course and the open results beside them, ancestors first.
  var courseSteps: [Entry] {
    let questions = questions
    let acts = index.covers(sight).flatMap { index.advances($0.place, sight) }
    let results = index.results(sight).filter {
      $0.record.revises == nil && $0.audience.isEmpty
    }
    return questions.causal(acts + results)
  }
}
