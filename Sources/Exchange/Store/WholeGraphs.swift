import Ledger

extension StoreTransaction where Self: ~Copyable {
  /// The graphs of dossiers, without those that a store gives to nobody who writes.
  ///
  /// The log of these has a hole: who may have what of them, and what may be written upon them, is
  /// known once it is filled. What is wrong with one dossier keeps nobody from the others.
  ///
  /// - Parameter dossiers: the dossiers; one of which nothing is stored has no graph, and no hole.
  /// - Returns: the graphs, and the dossiers with a hole.
  /// - Throws: any other failure of the store.
  func wholeGraphs(
    _ dossiers: [DossierID]
  ) throws -> (graphs: [DossierID: DossierGraph], holed: Set<DossierID>) {
    guard !dossiers.isEmpty else { return ([:], []) }
    do {
      return (try graphs(dossiers), [])
    } catch let error as ExchangeError where error.code == .corrupt {
      guard dossiers.count > 1 else { return ([:], Set(dossiers)) }
      let middle = dossiers.count / 2
      let first = try wholeGraphs(Array(dossiers[..<middle]))
      let second = try wholeGraphs(Array(dossiers[middle...]))
      return (
        first.graphs.merging(second.graphs) { $1 }, first.holed.union(second.holed)
      )
    }
  }
}
