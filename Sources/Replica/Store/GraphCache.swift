import Casework
import Ledger
import Synchronization

/// How a dossier's log looks from outside; equal stamps of one database mean equal logs.
///
/// Rows are only ever added, by one writer at a time, under growing positions. A superuser who
/// edits bytes in place is not seen here; the self-check reads past every cache.
struct LogStamp: Sendable, Equatable {
  var changeSets = 0
  var lastPosition = 0
  var parts = 0

  /// Notes a change set that was added at a position.
  mutating func add(position: Int) {
    changeSets += 1
    lastPosition = max(lastPosition, position)
  }
}

/// A graph with the judged records of its dossier, as of one stamp.
struct CachedGraph: Sendable {
  var graph: DossierGraph
  var fold: CaseworkFold?
  /// What its rows were when they were written last; nil when nobody here knows.
  var marks: RowMarks?
  /// What a step asks about its rows; nil until they are written from this graph.
  var card: DossierCard?
  var directory: Directory?
  /// Nil for a graph that this transaction has put and not measured yet.
  var stamp: LogStamp?
  /// Bytes of the log in it.
  var byteCount: Int

  /// What counts against the limit of the cache.
  var weight: Int {
    byteCount + (marks?.byteCount ?? 0) + (fold?.toldCount ?? 0) * Limits.toldRecordBytes
      + (card?.voidCount ?? 0) * Limits.cardVoidBytes
  }
}

/// What a transaction changed about the cache.
struct PendingGraphs: Sendable {
  var graphs: [DossierID: CachedGraph] = [:]
  var dropped: Set<DossierID> = []
}

/// Graphs kept between transactions, the least recently used going first.
///
/// Whoever takes one compares its stamp with the rows that the own transaction sees.
final class GraphCache: Sendable {
  private let state = Mutex(State())

  private struct State {
    var entries: [DossierID: (graph: CachedGraph, used: UInt64)] = [:]
    var byteCount = 0
    var clock: UInt64 = 0

    mutating func insert(_ dossier: DossierID, _ graph: CachedGraph) {
      remove(dossier)
      clock += 1
      entries[dossier] = (graph, clock)
      byteCount += graph.weight
      while byteCount > Limits.graphCacheBytesMax,
        let oldest = entries.min(by: { $0.value.used < $1.value.used })?.key
      {
        remove(oldest)
      }
    }

    mutating func remove(_ dossier: DossierID) {
      guard let entry = entries.removeValue(forKey: dossier) else { return }
      byteCount -= entry.graph.weight
    }
  }

  /// The kept graph of a dossier, when it is of this stamp.
  func graph(_ dossier: DossierID, at stamp: LogStamp) -> CachedGraph? {
    state.withLock { state in
      guard let entry = state.entries[dossier], entry.graph.stamp == stamp else { return nil }
      state.clock += 1
      state.entries[dossier]?.used = state.clock
      return entry.graph
    }
  }

  /// Keeps what a reader has loaded, unless a later state is kept already.
  func keep(_ dossier: DossierID, _ graph: CachedGraph) {
    state.withLock { state in
      if let kept = state.entries[dossier]?.graph.stamp, let stamp = graph.stamp,
        kept.lastPosition > stamp.lastPosition
      {
        return
      }
      state.insert(dossier, graph)
    }
  }

  /// Keeps a fold beside a graph of this stamp that has none.
  ///
  /// Nothing else about the dossier is replaced: a writer may have renewed it meanwhile.
  func keep(_ fold: CaseworkFold, of dossier: DossierID, at stamp: LogStamp) {
    state.withLock { state in
      guard var graph = state.entries[dossier]?.graph, graph.stamp == stamp, graph.fold == nil
      else { return }
      graph.fold = fold
      state.insert(dossier, graph)
    }
  }

  /// Takes over what a committed transaction changed.
  func absorb(_ pending: PendingGraphs) {
    state.withLock { state in
      for dossier in pending.dropped { state.remove(dossier) }
      for (dossier, graph) in pending.graphs {
        if graph.stamp == nil { state.remove(dossier) } else { state.insert(dossier, graph) }
      }
    }
  }
}
