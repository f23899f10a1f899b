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
