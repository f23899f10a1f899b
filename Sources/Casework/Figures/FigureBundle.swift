package import Ledger

/// Dossiers that count together: clues tied by merges, or one dossier alone.
///
/// Figures follow merges (K4): what was merged counts in the dossier that survives. In a cycle,
/// which only a faulty node writes, the smallest dossier id survives. A clue whose survivor is not
/// held here counts nothing, as in the survivor's own evidence it is no line of its own.
///
/// Any holder of a clue may write that it went into any record. So a merge counts only into a clue
/// of which its author accepted a letter, too; where several have a cover of that id, the one with
/// the smallest dossier id. Every other merge leaves the clue to be counted by itself.
package struct FigureBundle: Sendable {
  /// The dossiers, ascending by id.
  package let dossiers: [FoldedDossier]
  /// The records that merges of its clues name and no dossier of it has; what it says depends on
  /// which of those are covers held here.
  package let outside: Set<RecordID>
  /// The cases of its clues, which several rules ask for.
  let cases: CaseReferences
  private let survivors: [DossierID: DossierID]

  /// Bundles dossiers as of a day.
  ///
  /// - Parameters:
  ///   - dossiers: dossiers that may count together.
  ///   - day: the last day that is known of.
  ///   - held: the covers of dossiers that are held here and may stand outside of the bundle; a
  ///     merge into one of those does not count.
  package init(
    _ dossiers: [FoldedDossier], asOf day: CivilDate, held: Set<RecordID> = []
  ) {
    let seen = dossiers.map { $0.asOf(day) }.sorted { $0.id < $1.id }
    self.dossiers = seen
    var byCover: [RecordID: [FoldedDossier]] = [:]
    for dossier in seen {
      for id in dossier.covers { byCover[id, default: []].append(dossier) }
    }
    // What a clue was merged into; nil inside where that dossier is not here.
    var next: [DossierID: DossierID?] = [:]
    var outside: Set<RecordID> = []
    for dossier in seen where dossier.clue != nil {
      guard let merge = dossier.questions.merge(), let record = merge.act?.points.first else {
        continue
      }
      let named = byCover[record] ?? []
      if named.isEmpty { outside.insert(record) }
      let survivor = named.first { $0.id != dossier.id && $0.takes(mergesOf: merge.author) }
      if let survivor {
        next[dossier.id] = .some(survivor.id)
      } else if named.isEmpty, !held.contains(record) {
        next[dossier.id] = .some(nil)
      }
    }
    var found: [DossierID: DossierID] = [:]
    for dossier in seen { found[dossier.id] = Self.end(of: dossier.id, next) }
    survivors = found
    self.outside = outside
    cases = CaseReferences(seen, survivors: found)
  }

  /// The dossier that a dossier counts in: itself, the survivor of its merges, or none held here.
  package func survivor(of dossier: DossierID) -> DossierID? { survivors[dossier] }

  /// The dossiers that count in one, the survivor first.
  func members(of survivor: DossierID) -> [FoldedDossier] {
    dossiers.members(of: survivor, survivors)
  }

  private static func end(
    of dossier: DossierID, _ next: [DossierID: DossierID?]
  ) -> DossierID? {
    var way = [dossier]
    var place = dossier
    while let step = next[place] {
      guard let step else { return nil }
      if let start = way.firstIndex(of: step) { return way[start...].min() }
      way.append(step)
      place = step
    }
    return place
  }
}

extension [FoldedDossier] {
  /// Those that count in one of them, that one first.
  func members(of survivor: DossierID, _ survivors: [DossierID: DossierID]) -> [FoldedDossier] {
    let all = filter { survivors[$0.id] == survivor }
    return all.filter { $0.id == survivor } + all.filter { $0.id != survivor }
  }
}

extension FoldedDossier {
  /// The record ids of the cover in force and of those before it, any of which a merge may name.
  package var covers: Set<RecordID> { Set(index.covers(sight).map(\.record.id)) }

  /// Whether it is a clue of which an agency accepted a letter, so that it may merge another in.
  fileprivate func takes(mergesOf agency: AgencyCode) -> Bool {
    clue != nil && letters.contains { $0.addressee == agency && $0.acceptedOn != nil }
  }

  /// The results of a kind that stand and are open to every member, each with its first version
  /// and the one in force.
  func standing(_ kinds: Set<ResultKind>) -> [StandingResult] {
    let questions = questions
    return index.results(sight).compactMap { entry in
      guard let first = entry.result, kinds.contains(first.kind), entry.record.revises == nil,
        entry.audience.isEmpty
      else { return nil }
      let current = questions.current(entry)
      guard let result = current.result, !result.revoked else { return nil }
      return StandingResult(root: entry, current: current, result: result)
    }
  }

  /// The letter or other document that a result answers.
  func document(of result: StandingResult) -> Entry? {
    result.root.target.flatMap { index.entry($0) }
  }
}

/// A result in force.
struct StandingResult {
  /// The first version.
  let root: Entry
  /// The version in force.
  let current: Entry
  /// What it states.
  let result: Result
}
