package import Ledger

/// Folds dossiers that waited for a newer build (需升级), as a node does at its start.
///
/// A dossier that this build cannot read either stays as it is. Pass `next` until it is nil, so
/// that no transaction takes long.
package struct FoldAgain: StoreWork {
  private let after: DossierID?

  /// Begins after a dossier, or with the first.
  package init(after: DossierID? = nil) {
    self.after = after
  }

  /// What one stretch did.
  package struct Folded: Sendable, Hashable {
    /// Dossiers that are read whole now.
    package var mended: Int
    /// Where the next stretch begins; nil when this was the last.
    package var next: DossierID?

    /// Says what a stretch did.
    package init(mended: Int, next: DossierID?) {
      self.mended = mended
      self.next = next
    }
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Folded {
    let limit = Limits.dossiersPerCheckMax
    let waiting = try transaction.outdated(after: after, limit: limit)
    guard let last = waiting.last else { return Folded(mended: 0, next: nil) }
    let directory = try transaction.directory()
    // What is folded reads names and kinds of agencies.
    guard directory?.isHoled != true else { return Folded(mended: 0, next: nil) }
    // A dossier with a hole waits for its repair and keeps no other from being folded.
    let graphs = try transaction.wholeGraphs(waiting).graphs
    let folded = waiting.compactMap { graphs[$0] }
    // The build before knew nothing of what these records say about parts.
    try transaction.put([], graphs: folded)
    try transaction.project(folded, directory: directory)
    let still = Set(try transaction.outdated(after: after, limit: limit))
    return Folded(
      mended: waiting.count { !still.contains($0) }, next: waiting.count < limit ? nil : last)
  }
}
