import Ledger

/// What copies for holes name that is not here either: nothing here tells of it.
///
/// A copy is stored once its ancestors are, so a hole behind a hole is filled first. Of an author's
/// chain the whole stretch that lacks is asked for: its answer begins with the oldest.
struct BehindHoles: StoreWork {
  /// The copies that came.
  let copies: [ReceivedChangeSet]

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> FetchRequest {
    let came = Set(copies.map(\.id))
    let links = Set(copies.flatMap { $0.header?.links ?? [] }).subtracting(came)
    let here = try transaction.locate(links.sorted())
    var places: [DossierID: [ChangeSetOrigin]] = [:]
    var (ids, ranges): (Set<ChangeSetID>, Set<FetchRequest.Range>) = ([], [])
    for copy in copies {
      guard let header = copy.header, let origin = copy.origin else { continue }
      for link in header.links where !came.contains(link) && here[link] == nil {
        guard link == header.previous, header.sequence > 1 else {
          ids.insert(link)
          continue
        }
        let dossier = origin.dossier
        let known = try places[dossier] ?? logged(dossier, in: transaction)
        places[dossier] = known
        let below = known.filter { $0.author == header.author && $0.sequence < header.sequence }
        let first = min((below.map(\.sequence).max() ?? 0) + 1, header.sequence - 1)
        ranges.insert(
          FetchRequest.Range(
            dossier: dossier, author: header.author, sequences: first...header.sequence - 1))
      }
    }
    return FetchRequest(
      ids: Array(ids.sorted().prefix(Limits.fetchIDsMax)),
      ranges: Array(ranges.prefix(Limits.fetchRangesMax)))
  }

  private func logged<T: StoreTransaction & ~Copyable>(
    _ dossier: DossierID, in transaction: borrowing T
  ) throws -> [ChangeSetOrigin] {
    try transaction.logged(dossier).compactMap {
      ReceivedChangeSet(headerBytes: $0.header, proof: nil, parts: [:]).origin
    }
  }
}
