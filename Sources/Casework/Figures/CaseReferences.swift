import Ledger

/// The cases of a bundle: which filing each result belongs to.
///
/// One filing that was recorded on two clues before they were merged is one case: of the same
/// body, day and number. Two filings on one clue are two.
struct CaseReferences {
  /// What a result belongs to.
  enum Case: Hashable {
    /// A filing, by the first version of its record.
    case filing(DossierID, RecordID)
    /// The clue itself, where no filing is named.
    case clue(DossierID)

    /// What a line of evidence about it is one of.
    var whole: FigureEntry.Whole {
      switch self {
      case .filing(let dossier, let record): .init(dossier: dossier, record: record)
      case .clue(let dossier): .init(dossier: dossier, record: nil)
      }
    }
  }

  /// The filings that stand, each once.
  private(set) var filings: [(dossier: FoldedDossier, filing: StandingResult)] = []
  private var names: [Case: Case] = [:]

  private struct Sameness: Hashable {
    let body: AgencyCode
    let on: CivilDate
    let number: String
  }

  /// Finds the cases of some dossiers, each of which counts in its survivor.
  init(_ dossiers: [FoldedDossier], survivors: [DossierID: DossierID]) {
    for dossier in dossiers where dossier.clue != nil {
      // The survivor names the cases; a merged clue whose survivor is not here stands alone.
      guard let survivor = survivors[dossier.id] else {
        add([dossier])
        continue
      }
      if survivor == dossier.id { add(dossiers.members(of: survivor, survivors)) }
    }
  }

  private mutating func add(_ members: [FoldedDossier]) {
    var known: [Sameness: [Case]] = [:]
    for dossier in members {
      var used: [Sameness: Int] = [:]
      for filing in dossier.standing([.caseFiled]) {
        let sameness = Sameness(
          body: filing.root.author, on: filing.result.on, number: filing.result.documentNumber)
        let name = Case.filing(dossier.id, filing.root.record.id)
        let position = used[sameness, default: 0]
        used[sameness] = position + 1
        if let same = known[sameness], position < same.count {
          names[name] = same[position]
        } else {
          known[sameness, default: []].append(name)
          names[name] = name
          filings.append((dossier, filing))
        }
      }
    }
  }

  /// The case of a result: the filing that it names, else its clue.
  ///
  /// Accountability may name any record, which nobody judges, and a filing may be revoked as an
  /// error: what is no filing that stands is no case.
  func reference(
    of result: StandingResult, in dossier: FoldedDossier, _ bundle: FigureBundle
  ) -> Case {
    let clue = Case.clue(bundle.survivor(of: dossier.id) ?? dossier.id)
    guard let named = result.result.caseFiled,
      let filing = dossier.index.candidates(named, beside: result.root, dossier.sight).first
    else { return clue }
    let root = dossier.questions.root(filing).record.id
    return names[.filing(dossier.id, root)] ?? clue
  }
}

extension FoldedDossier {
  /// Who referred the clue that a result answers; the home where that is not to be seen.
  func sender(of result: StandingResult) -> AgencyCode {
    document(of: result)?.author ?? home ?? result.root.author
  }
}
