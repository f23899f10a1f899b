import Ledger

/// Which clues count together because merges tie them, a bounded number at a time.
///
/// Clues tied to more others than a bundle holds are crowded and count each by itself; so is
/// whatever is tied to one of them, in whichever order the merges come.
struct ClueTies {
  private var groups: [DossierID: [DossierID]] = [:]
  private var crowded: Set<DossierID> = []

  /// Ties two clues.
  mutating func join(_ one: DossierID, _ other: DossierID) {
    let all = Set(bundle(of: one)).union(bundle(of: other)).sorted()
    if all.count > Limits.figureBundleMax || isCrowded(one) || isCrowded(other) {
      for dossier in all { groups[dossier] = nil }
      crowded.formUnion(all)
    } else {
      for dossier in all { groups[dossier] = all }
    }
  }

  /// The dossiers that count together with one, ascending.
  func bundle(of dossier: DossierID) -> [DossierID] { groups[dossier] ?? [dossier] }

  /// Whether a clue is tied to more others than a bundle holds.
  func isCrowded(_ dossier: DossierID) -> Bool { crowded.contains(dossier) }
}
