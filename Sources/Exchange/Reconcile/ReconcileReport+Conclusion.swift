import Ledger

extension ReconcileReport {
  /// Fills the three lists from what was found at the end, each up to `Limits.reportEntriesMax`.
  ///
  /// What both sides have at one place of a chain, each another, is one entry of `differing`.
  mutating func conclude(_ found: ChainDifferences) {
    inFlight = found.inFlight.count
    let local = found.onlyLocal.filter { !found.inFlight.contains($0.id) }
    let remote = found.onlyRemote.filter { !found.inFlight.contains($0.id) }
    var twins: [Spot: [ChangeSetID]] = [:]
    for entry in remote { twins[Spot(entry), default: []].append(entry.id) }
    var places: [Spot: Place] = [:]
    for entry in local {
      let spot = Spot(entry)
      guard let others = twins[spot] else { continue }
      let ids = (places[spot]?.ids ?? others) + [entry.id]
      places[spot] = Place(
        dossier: entry.dossier, author: entry.author, sequence: entry.sequence, ids: ids.sorted())
    }
    let isAlone = { (entry: Entry) in places[Spot(entry)] == nil }
    (onlyLocal, onlyLocalTotal) = capped(local.filter(isAlone))
    (onlyRemote, onlyRemoteTotal) = capped(remote.filter(isAlone))
    differingTotal = places.count
    differing = Array(
      places.values.sorted {
        ($0.dossier, $0.author, $0.sequence) < ($1.dossier, $1.author, $1.sequence)
      }.prefix(Limits.reportEntriesMax))
    if differing.count < differingTotal { isTruncated = true }
  }

  private mutating func capped(_ entries: Set<Entry>) -> ([Entry], Int) {
    if entries.count > Limits.reportEntriesMax { isTruncated = true }
    return (Array(entries.sorted().prefix(Limits.reportEntriesMax)), entries.count)
  }

  /// One place of a chain.
  private struct Spot: Hashable {
    let dossier: DossierID
    let author: AgencyCode
    let sequence: UInt64

    init(_ entry: Entry) {
      (dossier, author, sequence) = (entry.dossier, entry.author, entry.sequence)
    }
  }
}

extension ReconcileReport.Entry: Comparable {
  /// By dossier, author, sequence and id.
  package static func < (left: Self, right: Self) -> Bool {
    (left.dossier, left.author, left.sequence, left.id)
      < (right.dossier, right.author, right.sequence, right.id)
  }
}
