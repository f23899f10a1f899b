package import Ledger

/// Makes an empty database that of a node which lost everything but its key.
///
/// The directory is pinned and taken, and the node is held to have gone back in time: it may have
/// written anything, so it writes nothing before its peers have given back what they know of.
///
/// - Returns: whether the directory names the key as the agency's key in force; if not, the work is
///   to be undone by throwing.
package struct BeginRebuild: StoreWork {
  private let signatory: Signatory
  private let directory: DossierID
  private let entries: [Delivery]
  private let source: AgencyCode
  private let outbox: OutboxID
  private let now: Timestamp

  /// Takes what a peer gave.
  ///
  /// - Parameters:
  ///   - signatory: this node with its key.
  ///   - directory: the pinned id of the directory's first entry.
  ///   - entries: the directory, ancestors first; each entry proves itself.
  ///   - source: who gave them.
  ///   - outbox: the new id of the outbox.
  ///   - now: what comes of the own change sets from then on is to be confirmed by a person.
  package init(
    signatory: Signatory, directory: DossierID, entries: [Delivery], source: AgencyCode,
    outbox: OutboxID = Entropy.system.outboxID(), now: Timestamp
  ) {
    self.signatory = signatory
    self.directory = directory
    self.entries = entries
    self.source = source
    self.outbox = outbox
    self.now = now
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    var node = try transaction.node()
    guard node.directory == nil else {
      throw ExchangeError(
        .corrupt, "a database that has joined a directory is not rebuilt",
        hint: "move rebuild.json away")
    }
    node.directory = directory
    // Nobody knows that it never sealed anything.
    node.hasSealed = true
    try transaction.save(node)
    _ = try TakeFetched(peer: source, deliveries: entries, now: now).run(transaction)
    try MarkRestored(witness: node.agency, subject: "rebuild", outbox: outbox, now: now)
      .run(transaction)
    let view = try transaction.directory()?.current
    return view?.activeKey(of: node.agency)?.id == signatory.key.keyID
  }
}
