package import Ledger

/// One numbered line of an outbox as it travels; number 0 stands outside any outbox.
package struct Delivery: Sendable {
  /// What the line carries.
  package enum Content: Sendable {
    /// A change set with the parts that its reader may see.
    case changeSet(ReceivedChangeSet)
    /// A line no longer served, with h(number) of its first serving.
    case blank(Hash256)
  }

  /// The number, 0 outside the outbox.
  package var number: UInt64
  /// The change set, or nothing.
  package var content: Content

  /// Makes a line.
  package init(number: UInt64, content: Content) {
    self.number = number
    self.content = content
  }
}

/// Deliveries and the head statement that ends them.
package struct DeliveryPage: Sendable {
  /// The deliveries, ascending by number.
  package var deliveries: [Delivery] {
    didSet { cameDigest = nil }
  }
  /// The signed head statement.
  package var head: SignedObject
  /// The digest of the deliveries as they came; nil when they came from nowhere.
  private var cameDigest: Hash256?

  /// Makes a page.
  package init(deliveries: [Delivery], head: SignedObject) {
    self.deliveries = deliveries
    self.head = head
  }

  /// A page that came, with the bytes of its deliveries.
  init(deliveries: [Delivery], head: SignedObject, cameAs lines: some Collection<UInt8>) {
    self.init(deliveries: deliveries, head: head)
    cameDigest = .sha256(Array(lines))
  }

  /// SHA-256 over the deliveries as sent, which the head statement signs.
  package var digest: Hash256 { cameDigest ?? Self.digest(of: deliveries) }
}

/// Where an outbox stands: the body of the signed object that ends every page.
package struct HeadStatement: Sendable, Equatable {
  /// The owner of the outbox.
  package var signer: AgencyCode
  /// The key that signs.
  package var key: KeyID
  /// The node it is for.
  package var reader: AgencyCode
  /// The outbox.
  package var outbox: OutboxID
  /// The highest number given.
  package var number: UInt64
  /// h(number).
  package var runningHash: Hash256
  /// The newest registrar's entry the signer has; nil before it has a directory.
  package var directory: ChangeSetID?
  /// SHA-256 over the page's deliveries as sent.
  package var page: Hash256

  /// States where an outbox stands.
  package init(
    signer: AgencyCode, key: KeyID, reader: AgencyCode, outbox: OutboxID, number: UInt64,
    runningHash: Hash256, directory: ChangeSetID?, page: Hash256
  ) {
    self.signer = signer
    self.key = key
    self.reader = reader
    self.outbox = outbox
    self.number = number
    self.runningHash = runningHash
    self.directory = directory
    self.page = page
  }
}
