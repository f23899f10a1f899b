import Exchange
import Ledger
import Synchronization

/// What one transaction keeps beside its statements.
///
/// It is used on the connection's queue while the transaction runs and read by the store after
/// COMMIT, hence the lock; no statement runs under it.
final class StoreSession: Sendable {
  let cache: GraphCache
  let isReadOnly: Bool
  private let state = Mutex(State())

  /// Everything that a transaction keeps beside its statements, for going back to a savepoint.
  struct State {
    var pending = PendingGraphs()
    /// Nil inside for a dossier without a change set.
    var stamps: [DossierID: LogStamp?] = [:]
    var node: NodeRecord?
    var position: DatabasePosition?
  }

  init(cache: GraphCache, isReadOnly: Bool) {
    self.cache = cache
    self.isReadOnly = isReadOnly
  }

  /// What is kept now.
  var kept: State {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }

  /// Graphs that this transaction has put, and dossiers it has made unknown.
  var pending: PendingGraphs {
    state.withLock { $0.pending }
  }

  /// How the logs looked when they were asked for; nil inside for those that are not there.
  var stamps: [DossierID: LogStamp?] {
    state.withLock { $0.stamps }
  }

  func note(_ stamps: [DossierID: LogStamp], of asked: [DossierID]) {
    state.withLock { state in
      for dossier in asked { state.stamps[dossier] = .some(stamps[dossier]) }
    }
  }

  /// Notes that this transaction has changed logs.
  func forgetStamps(of dossiers: [DossierID]) {
    state.withLock { state in
      for dossier in dossiers { state.stamps[dossier] = nil }
    }
  }

  /// The record about the node, once this transaction has read or written it.
  var node: NodeRecord? {
    get { state.withLock { $0.node } }
    set { state.withLock { $0.node = newValue } }
  }

  /// How far the database has come with this transaction.
  var position: DatabasePosition? {
    get { state.withLock { $0.position } }
    set { state.withLock { $0.position = newValue } }
  }

  func keep(_ graph: CachedGraph) {
    state.withLock {
      $0.pending.graphs[graph.graph.id] = graph
      $0.pending.dropped.remove(graph.graph.id)
    }
  }

  /// Keeps the marks of the rows of a dossier beside its graph, when that is kept.
  func mark(_ dossier: DossierID, _ marks: RowMarks) {
    state.withLock { $0.pending.graphs[dossier]?.marks = marks }
  }

  func drop(_ dossier: DossierID) {
    state.withLock {
      $0.stamps[dossier] = nil
      $0.pending.graphs[dossier] = nil
      $0.pending.dropped.insert(dossier)
    }
  }
}
