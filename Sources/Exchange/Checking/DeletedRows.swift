import Ledger

/// Which of the change sets that lack here were deleted from a log that still names them.
///
/// A database that went back in time is older as a whole: nothing in it names what it lost. Where
/// somebody deleted a row, the heads of the dossier name it, or what was written upon it. Such a
/// hole keeps everybody from writing in its dossier until it is filled (`reconcile --self
/// --repair`), so nothing is signed twice. In a dossier without a hole nothing was deleted.
struct DeletedRows: StoreWork {
  /// Copies of what lacks, each proved.
  let copies: [ReceivedChangeSet]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Set<ChangeSetID> {
    let lacking = Dictionary(grouping: copies) { $0.origin?.dossier }
    var deleted: Set<ChangeSetID> = []
    for dossiers in lacking.keys.compactMap(\.self).sorted().slices(of: Limits.dossiersPerLookMax) {
      let summaries = try transaction.summaries(dossiers)
      let (graphs, holed) = try transaction.wholeGraphs(dossiers)
      for dossier in dossiers {
        guard let summary = summaries[dossier],
          holed.contains(dossier) || graphs[dossier].map({ $0.hole != nil }) != false
        else { continue }
        let rows = try transaction.logged(dossier)
        let links = rows.flatMap { row in
          ReceivedChangeSet(headerBytes: row.header, proof: nil, parts: [:]).header?.links ?? []
        }
        deleted.formUnion(
          Self.named(by: Set(summary.heads + links), of: lacking[dossier] ?? []))
      }
    }
    return deleted
  }

  /// Those of the copies that are named, and those that they name in their turn.
  private static func named(
    by names: Set<ChangeSetID>, of copies: [ReceivedChangeSet]
  ) -> Set<ChangeSetID> {
    let links = Dictionary(copies.map { ($0.id, $0.header?.links ?? []) }) { first, _ in first }
    var found: Set<ChangeSetID> = []
    var open = Array(names)
    while let id = open.popLast() {
      guard let further = links[id], found.insert(id).inserted else { continue }
      open += further
    }
    return found
  }
}
