package import Exchange
package import Ledger

/// The pinned id of the directory; nil while a join is pending.
package struct PinnedDirectory: StoreWork {
  /// Asks.
  package init() {}

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> DossierID? {
    try transaction.node().directory
  }
}

/// The directory as it stands here.
package struct CurrentDirectory: StoreWork {
  /// Asks.
  package init() {}

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> DirectoryView? {
    try transaction.directory()?.current
  }
}

/// The directory as it stands here, and whether its log has a hole: then it says less than it did.
struct KnownDirectory: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> (view: DirectoryView, isHoled: Bool)? {
    guard let directory = try transaction.directory() else { return nil }
    return (directory.current, directory.isHoled)
  }
}

/// Where the outbox of one reader stands, and its id.
package struct OutboxStanding: StoreWork {
  /// The outbox and the reader's place in it.
  package struct Answer: Sendable {
    /// The id of the outbox.
    package let outbox: OutboxID
    /// The reader's place.
    package let position: OutboxPosition
  }

  private let reader: AgencyCode

  /// Asks about a reader.
  package init(reader: AgencyCode) {
    self.reader = reader
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Answer {
    Answer(
      outbox: try transaction.node().outbox, position: try transaction.position(of: reader))
  }
}

/// The stretches of the directory's chains that a peer has and that are not here.
struct MissingOf: StoreWork {
  let directory: DossierID
  let chains: [DossierChains]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> FetchRequest? {
    guard let graph = try transaction.graphs([directory])[directory] else { return nil }
    var request = FetchRequest()
    for head in chains.filter({ $0.dossier == directory }).flatMap(\.chains)
    where !graph.contains(head.id) && request.ranges.count < Exchange.Limits.fetchRangesMax {
      let known = graph.changeSets(of: head.author).last?.header.sequence ?? 0
      guard head.sequence > known else { continue }
      request.ranges.append(
        FetchRequest.Range(
          dossier: directory, author: head.author, sequences: known + 1...head.sequence))
    }
    return request.isEmpty ? nil : request
  }
}
