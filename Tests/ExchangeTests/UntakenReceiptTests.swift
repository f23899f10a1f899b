import Exchange
import Ledger
import TestSupport
import Testing

/// What receipts say of numbers whose bytes could not be taken.
@Suite(.timeLimit(.minutes(2))) struct UntakenReceiptTests {
  private typealias Node = SampleNode<MemoryStore>

  @Test func `security T4 no later receipt acknowledges what could not be taken`() async throws {
    let peer = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let reader = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await reader.join(peer, try await peer.found())
    try await reader.catchUp(with: peer)
    let grant = Part(membership: [.grant(Grant(agency: reader.agency.code, ground: .admit))])
    let first = try await peer.append(nil, [grant])
    let (page, number) = try await brokenPage(of: peer, for: reader, at: first.id)
    let taken = try await reader.store.take(
      TakeDeliveries(
        peer: peer.agency.code, page: page, signatory: reader.agency.signatory, now: .sample)
    ).get()
    #expect(taken.stored == 0 && untaken(taken.receipt) == [number])

    // That receipt is lost on the way. The next page is empty, and its receipt is in its place.
    let quiet = try await reader.pull(from: peer)
    #expect(quiet.cursor.number == taken.cursor.number && untaken(quiet.receipt) == [number])
    #expect(try await peer.store.read(TrailsOf(id: first.id)).isEmpty)

    try await peer.append(nil, [grant])
    let later = try await reader.pull(from: peer)
    #expect(later.stored == 1 && untaken(later.receipt) == [number])
    let standing = try await reader.store.read(
      StandingReceipt(
        peer: peer.agency.code, outbox: later.cursor.outbox, signatory: reader.agency.signatory,
        now: .sample))
    #expect(untaken(standing) == [number])
  }

  @Test func `a push goes on behind a receipt that stops within its page`() async throws {
    let (peer, reader) = try await Node.pair()
    let grant = Part(membership: [.grant(Grant(agency: reader.agency.code, ground: .admit))])
    for _ in 0..<2 { try await peer.append(nil, [grant]) }
    let position = try await peer.store.read(PositionOf(reader.agency.code))
    let page = try await peer.store.write(
      ServeDeliveries(
        reader: reader.agency.code, outbox: peer.store.contents.node?.outbox,
        after: position.receipted, hash: nil, signatory: peer.agency.signatory, now: .sample))
    #expect(page.count == 2 && !page.hasMore && page.last == position.receipted + 2)
    var session = PushSession(position: position)
    var generator = SeededGenerator(seed: 1)
    let stopped = session.answered(.kept(page.last - 1), to: page, using: &generator)
    #expect(stopped == .send && session.after == page.last - 1)
    // What is next is refused, and is sent again after a pause.
    let refused = session.answered(.kept(page.last - 1), to: page, using: &generator)
    #expect(refused != .send && refused != .idle)
    let done = session.answered(.kept(page.last), to: page, using: &generator)
    #expect(done == .idle && session.after == page.last)
  }

  private func untaken(_ receipt: SignedObject?) -> [UInt64]? {
    receipt?.claim(as: Receipt.self)?.untaken
  }

  /// The next page of a peer that signs for other bytes of a part than the header promises, and the
  /// number that has them.
  private func brokenPage(
    of peer: Node, for reader: Node, at id: ChangeSetID
  ) async throws -> (DeliveryPage, UInt64) {
    let cursor = try #require(try await reader.store.read(CursorOf(peer.agency.code)))
    let served = try await peer.store.write(
      ServeDeliveries(
        reader: reader.agency.code, outbox: cursor.outbox, after: cursor.number,
        hash: cursor.runningHash, signatory: peer.agency.signatory, now: .sample))
    let page = try #require(DeliveryPage.decode(served.bytes))
    var number: UInt64?
    let deliveries = page.deliveries.map { delivery -> Delivery in
      guard case .changeSet(var received) = delivery.content, received.id == id else {
        return delivery
      }
      number = delivery.number
      received.parts[0] = received.parts[0].map {
        SaltedPart(salt: $0.salt, content: $0.content + [0])
      }
      return Delivery(number: delivery.number, content: .changeSet(received))
    }
    var statement = try #require(page.head.claim(as: HeadStatement.self))
    statement.page = DeliveryPage.digest(of: deliveries)
    let head = SignedObject(signing: statement, with: peer.agency.signatory.key)
    let found = try #require(number)
    return (DeliveryPage(deliveries: deliveries, head: head), found)
  }
}

/// What proves that readers have a change set.
private struct TrailsOf: StoreWork {
  let id: ChangeSetID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [ReceiptTrail] {
    try transaction.receipts(of: id)
  }
}
