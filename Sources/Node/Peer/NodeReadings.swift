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

/// Where this node stands in a peer's outbox.
package struct CursorOf: StoreWork {
  private let peer: AgencyCode

  /// Asks about a peer.
  package init(peer: AgencyCode) {
    self.peer = peer
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Cursor? {
    try transaction.cursor(of: peer)
  }
}

/// A receipt for what is durable here already, for a page that did not continue where we stand.
package struct StandingReceipt: StoreWork {
  private let peer: AgencyCode
  private let signatory: Signatory
  private let now: Timestamp

  /// Signs for the peer's outbox.
  package init(peer: AgencyCode, signatory: Signatory, now: Timestamp) {
    self.peer = peer
    self.signatory = signatory
    self.now = now
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> SignedObject? {
    guard let cursor = try transaction.cursor(of: peer) else { return nil }
    return SignedObject(
      signing: Receipt(
        signer: signatory.agency, key: signatory.key.keyID, destination: peer,
        outbox: cursor.outbox, number: cursor.number, runningHash: cursor.runningHash,
        storedAt: now, untaken: cursor.untaken), with: signatory.key)
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
