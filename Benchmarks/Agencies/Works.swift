import Exchange
import Ledger

/// A figure that cannot be taken, with the reason.
struct GrowthError: Error, CustomStringConvertible {
  let description: String
}

/// Fills a store with a directory as it is after everybody was told of it: nothing is queued.
struct Settle: StoreWork {
  let agency: AgencyCode
  let outbox: OutboxID
  let graph: DossierGraph

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    var node = NodeRecord(agency: agency, outbox: outbox, directory: graph.id)
    node.hasSealed = true
    try transaction.save(node)
    let entries = graph.changeSets.map {
      LogEntry(changeSet: $0, sender: nil, storedAt: .init(microseconds: 0))
    }
    try transaction.put(entries, graphs: [graph])
  }
}

/// How many lines wait for readers.
struct WaitingLines: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    try transaction.readersWaiting().reduce(0) { try $0 + transaction.queuedCount(for: $1) }
  }
}

/// The directory of a store, which folds it when nobody has asked before.
struct FoldedDirectory: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    try transaction.directory()?.current.agencies.count ?? 0
  }
}

/// How many other nodes there are, by the directory of a store.
struct Peers: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    let node = try transaction.node().agency
    return Routing(node: node, view: try transaction.directory()?.current).peers.count
  }
}
