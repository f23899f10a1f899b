import Casework
import Ledger
import Postgres
import Replica

/// The dossiers that an agency counts, bundle by bundle, each with how it stands.
struct CountedBundles: Sendable {
  /// Which clues count together, and the covers that their merges name.
  let bundles: FigureBundles
  /// How the dossiers of each bundle stand, in the order of the bundles; nil where there are more
  /// than are kept.
  private(set) var states: [[DossierState]]?

  /// Looks up the dossiers of a scope, or the bundle of one of them.
  init(
    of scope: KeptCounts.Scope, only: DossierID? = nil, in transaction: borrowing OfficeTransaction
  ) throws {
    bundles = try FigureBundles(
      of: scope.agency, only: only, sharedWith: scope.sharedWith, kinds: scope.kinds,
      in: transaction)
    var states: [[DossierState]] = []
    try bundles.forEachStates(in: transaction) { bundle in
      states.append(bundle)
      return states.count <= Limits.keptDossiersMax
    }
    if states.count <= Limits.keptDossiersMax { self.states = states }
  }

  /// Gives the dossiers of every bundle to a body until it answers that it wants no more.
  func forEach(
    in transaction: borrowing OfficeTransaction, _ body: ([DossierState]) throws -> Bool
  ) throws {
    guard let states else { return try bundles.forEachStates(in: transaction, body) }
    for bundle in states { guard try body(bundle) else { return } }
  }
}
