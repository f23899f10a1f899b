import Casework
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
    /// What the pending graphs weigh.
    var weight = 0
    /// Nil inside for a dossier without a change set.
    var stamps: [DossierID: LogStamp?] = [:]
    var node: NodeRecord?
    var counted: NodeRecord?
    var position: DatabasePosition?
    /// Where the outbox of a reader stood in the one snapshot of a transaction that only reads.
    var positions: [AgencyCode: OutboxPosition] = [:]
    /// Whether lines wait for a reader, in that snapshot.
    var queues: [AgencyCode: Bool] = [:]

    var hasRoom: Bool { weight < Limits.graphCacheBytesMax }

    mutating func set(_ graph: CachedGraph?, of dossier: DossierID) {
      let former = pending.graphs[dossier]?.weight ?? 0
      weight += (graph?.weight ?? 0) - former
      pending.graphs[dossier] = graph
    }
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

  /// The record as it was when this transaction was counted; nil in one that only reads, before
  /// there is a record, and once this transaction has written another.
  var counted: NodeRecord? {
    get { state.withLock { $0.counted } }
    set { state.withLock { $0.counted = newValue } }
  }

  /// How far the database has come with this transaction.
  var position: DatabasePosition? {
    get { state.withLock { $0.position } }
    set { state.withLock { $0.position = newValue } }
  }

  /// What a question about a reader was answered before, or is answered now.
  ///
  /// A transaction that writes asks each time: the answer may be another by what it wrote.
  func seen<Answer: Sendable>(
    _ answers: WritableKeyPath<State, [AgencyCode: Answer]>, of reader: AgencyCode,
    _ ask: () throws -> Answer
  ) throws -> Answer {
    guard isReadOnly else { return try ask() }
    if let known = state.withLock({ $0[keyPath: answers][reader] }) { return known }
    let answer = try ask()
    state.withLock { $0[keyPath: answers][reader] = answer }
    return answer
  }

  /// Whether the cache has room for more than what is pending.
  var hasRoom: Bool { state.withLock { $0.hasRoom } }

  func keep(_ graph: CachedGraph) {
    state.withLock {
      $0.set(graph, of: graph.graph.id)
      $0.pending.dropped.remove(graph.graph.id)
    }
  }

  /// Keeps what was folded beside the graph of a dossier, when that is kept.
  ///
  /// A transaction that touches more dossiers than the cache has room for keeps the graphs of all
  /// and the folds of those that come first.
  func keep(_ fold: CaseworkFold, of dossier: DossierID) {
    state.withLock {
      guard var kept = $0.pending.graphs[dossier] else { return }
      kept.fold = $0.hasRoom ? fold : nil
      $0.set(kept, of: dossier)
    }
  }

  /// Keeps the marks of the rows of a dossier beside its fold, when that is kept.
  func mark(_ dossier: DossierID, _ marks: RowMarks) {
    state.withLock {
      guard var kept = $0.pending.graphs[dossier] else { return }
      kept.marks = $0.hasRoom ? marks : nil
      $0.set(kept, of: dossier)
    }
  }

  /// Keeps what a step asks about the rows of a dossier beside its graph, when that is kept.
  func keep(_ card: DossierCard, of dossier: DossierID) {
    state.withLock {
      guard var kept = $0.pending.graphs[dossier] else { return }
      kept.card = card
      $0.set(kept, of: dossier)
    }
  }

  func drop(_ dossier: DossierID) {
    state.withLock {
      $0.stamps[dossier] = nil
      $0.set(nil, of: dossier)
      $0.pending.dropped.insert(dossier)
    }
  }
}
