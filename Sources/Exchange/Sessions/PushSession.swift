package import Ledger

/// Pushing this node's outbox to a peer that cannot reach it, as a value.
///
/// The peer answers every page by a receipt that says where it stands; the next page starts there.
/// So a page lost on the way, or one the peer had no use for, needs no further rule.
package struct PushSession: Sendable {
  /// What to do next.
  package enum Step: Sendable, Equatable {
    /// Serve the next page and send it.
    case send
    /// Nothing waits: send again when the outbox has grown.
    case idle
    /// Try again after a pause.
    case pause(Duration)
  }

  /// The number after which the next page starts.
  package private(set) var after: UInt64
  /// How large the next page may be.
  package private(set) var pace = PagePace()
  /// Where the walk through the queue goes on.
  package var place: ChangeSetID?
  private var backoff = Backoff()

  /// Starts at the highest number that a receipt covers.
  package init(position: OutboxPosition) {
    after = position.receipted
  }

  /// Notes the receipt that answered a page: it may stop before the page does.
  package mutating func answered(
    _ outcome: ReceiptOutcome, to page: ServedPage,
    using generator: inout some RandomNumberGenerator
  ) -> Step {
    guard case .kept(let number) = outcome else { return .pause(backoff.next(using: &generator)) }
    let hasMore = page.hasMore || number < page.last
    if number == after, hasMore { return .pause(backoff.next(using: &generator)) }
    after = number
    backoff.reset()
    return hasMore ? .send : .idle
  }

  /// Notes how long a page took until its receipt was here.
  package mutating func paced(_ bytes: Int, in time: Duration) {
    pace.took(bytes, in: time)
  }

  /// Notes that no receipt came back.
  package mutating func failed(using generator: inout some RandomNumberGenerator) -> Duration {
    pace.lost()
    return backoff.next(using: &generator)
  }
}

/// Where the outbox of a reader stands, for starting a push session.
package struct PositionOf: StoreWork {
  private let reader: AgencyCode

  /// Asks for one reader.
  package init(_ reader: AgencyCode) {
    self.reader = reader
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> OutboxPosition {
    try transaction.position(of: reader)
  }
}

/// The receipt of where this node stands in a peer's outbox: the answer to a pushed page that
/// could not be taken, so that the sender starts again at the right place.
package struct StandingReceipt: StoreWork {
  private let peer: AgencyCode
  private let outbox: OutboxID
  private let signatory: Signatory
  private let now: Timestamp

  /// Asks for one outbox of a peer.
  package init(peer: AgencyCode, outbox: OutboxID, signatory: Signatory, now: Timestamp) {
    self.peer = peer
    self.outbox = outbox
    self.signatory = signatory
    self.now = now
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> SignedObject {
    let cursor = try transaction.cursor(of: peer).flatMap { $0.outbox == outbox ? $0 : nil }
    return SignedObject(
      signing: Receipt(
        signer: signatory.agency, key: signatory.key.keyID, destination: peer, outbox: outbox,
        number: cursor?.number ?? 0, runningHash: cursor?.runningHash ?? .zero,
        storedAt: cursor?.receivedAt ?? now, untaken: (cursor?.untaken ?? []).map(\.number)),
      with: signatory.key)
  }
}
