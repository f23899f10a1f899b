import Ledger

/// `caseFiled`: filings that stand, each once.
///
/// A filing that was revoked was an error and counts nothing; a case that was dismissed later
/// (撤案) was filed all the same.
struct FilingRule: CountingRule {
  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    bundle.cases.filings.map { dossier, filing in
      FigureFact(
        FigureEntry(
          FigureKey(.caseFiled), in: dossier.id, filing.root.record.id, by: filing.current,
          on: filing.result.on, owner: dossier.sender(of: filing)))
    }
  }
}

/// `accountable`: cases, or clues without one, with a sanction or accountability that stands.
///
/// A formal admonition (诫勉) makes a case accountable, though it is no person-time. By the first
/// decision of each case that stands.
struct AccountabilityRule: CountingRule {
  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    let references = bundle.cases
    var first: [CaseReferences.Case: Decided] = [:]
    // Clues that count by a case of theirs.
    var inCases: Set<DossierID> = []
    for dossier in bundle.dossiers where dossier.clue != nil {
      for decision in dossier.standing([.sanction, .accountability]) {
        let reference = references.reference(of: decision, in: dossier, bundle)
        if case .filing = reference {
          inCases.insert(bundle.survivor(of: dossier.id) ?? dossier.id)
        }
        let decided = Decided(dossier: dossier, decision: decision)
        first[reference] = min(first[reference] ?? decided, decided)
      }
    }
    return first.compactMap { reference, decided in
      if case .clue(let clue) = reference, inCases.contains(clue) { return nil }
      return decided.fact(FigureKey(.accountable), reference.whole)
    }
  }
}

/// `personTimes`: distinct persons in distinct cases with a sanction that counts and stands.
///
/// Party and governmental sanctions and organisational measures count; two of them in one case are
/// one, one person in two cases is two. Formal admonition, circulated criticism and education are
/// none.
struct PersonTimeRule: CountingRule {
  func facts(in bundle: FigureBundle, _ terms: FigureTerms) -> [FigureFact] {
    struct PersonTime: Hashable {
      let reference: CaseReferences.Case
      let key: String
    }
    let references = bundle.cases
    var first: [PersonTime: Decided] = [:]
    for dossier in bundle.dossiers where dossier.clue != nil {
      for sanction in dossier.standing([.sanction])
      where sanction.result.measures.contains(where: { $0.kind.countsPerson }) {
        let person = PersonTime(
          reference: references.reference(of: sanction, in: dossier, bundle),
          key: sanction.result.personKey)
        let decided = Decided(dossier: dossier, decision: sanction)
        first[person] = min(first[person] ?? decided, decided)
      }
    }
    return first.map { person, decided in
      var whole = person.reference.whole
      whole.person = person.key
      return decided.fact(FigureKey(.personTimes), whole)
    }
  }
}

/// A decision in its dossier; the earliest one is that by which something counts.
private struct Decided: Comparable {
  let dossier: FoldedDossier
  let decision: StandingResult

  private var order: (CivilDate, DossierID, Citation) {
    (decision.result.on, dossier.id, decision.root.place)
  }

  static func < (left: Decided, right: Decided) -> Bool { left.order < right.order }
  static func == (left: Decided, right: Decided) -> Bool { left.order == right.order }

  func fact(_ figure: FigureKey, _ whole: FigureEntry.Whole) -> FigureFact {
    FigureFact(
      FigureEntry(
        figure, in: dossier.id, decision.root.record.id, by: decision.current,
        on: decision.result.on, owner: dossier.sender(of: decision), whole: whole))
  }
}
