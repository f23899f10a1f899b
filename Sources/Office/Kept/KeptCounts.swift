import Casework
import Ledger
import Replica
import Synchronization

/// What rests on nothing beside the dossiers.
struct NoBasis: Equatable, Sendable {}

/// What the counts of an office keep in memory between two questions.
///
/// All desks of a node share it: what a dossier says does not depend on who asks. Which dossiers an
/// agency counts is kept for each.
final class KeptCounts: Sendable {
  /// What counts for the figures of the year.
  let figures = KeptByDay<FigureBasis, BundleFacts> { $0.weight }
  /// What counts for the matrix of the kinds of oversight.
  let matrix = KeptByDay<FigureBasis, BundleFacts> { $0.weight }
  /// What is owed, was rejected or has relapsed, and what assessments took off.
  let lateness = KeptByDay<Deadlines, Lateness?> { $0?.weight ?? 0 }
  /// Plans, and the inspections made by them.
  let plans = KeptByDay<NoBasis, PlannedPart> { $0.weight }
  /// The statements that were asked for last.
  let statements = KeptStatements()
  /// Why reports were found to say otherwise.
  let causes = KeptCauses()
  /// What reports were found to say otherwise.
  let differences = KeptAnswers<DifferencesKey, API.ReportDifferences>()
  /// How records of lists stand in order.
  let records = KeptOrders<RecordKey>()
  /// How dossiers of lists stand in order.
  let dossiers = KeptOrders<DossierKey>()
  private let scopes = Mutex<[Scope: Counted]>([:])

  /// Whose dossiers are counted, shared with whom, of which kinds.
  struct Scope: Hashable, Sendable {
    let agency: AgencyCode
    var sharedWith: AgencyCode?
    var kinds: [DossierKind]?
  }

  /// The dossiers of a scope as they stood when the database had come to a position.
  private struct Counted: Sendable {
    let position: DatabasePosition
    let bundles: CountedBundles
  }

  /// The dossiers that an agency counts: as they are kept, where nothing was written since.
  func bundles(
    of scope: Scope, in transaction: borrowing OfficeTransaction
  ) throws -> CountedBundles {
    guard let position = try transaction.position() else {
      return try CountedBundles(of: scope, in: transaction)
    }
    let kept = scopes.withLock { $0[scope] }
    if let kept, kept.position == position { return kept.bundles }
    let bundles = try CountedBundles(of: scope, in: transaction)
    scopes.withLock { scopes in
      if scopes.count >= Limits.keptScopesMax, scopes[scope] == nil { scopes.removeAll() }
      scopes[scope] = bundles.states == nil ? nil : Counted(position: position, bundles: bundles)
    }
    return bundles
  }
}
