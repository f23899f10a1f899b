import Exchange
import Ledger
import Testing

/// A peer whose pages sign for other bytes than the headers promise, and a reader of them over the
/// store under test.
private struct BrokenPages<S: Store> {
  let peer = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
  let reader: SampleNode<S>

  init(_ store: S) async throws {
    reader = SampleNode(store, SampleAgency("B"))
    try await reader.join(peer, try await peer.found())
    try await reader.catchUp(with: peer)
  }

  /// Opens dossiers to the reader.
  func open(_ count: Int) async throws -> [ChangeSetID] {
    let grant = Part(membership: [.grant(Grant(agency: reader.agency.code, ground: .admit))])
    let work = Append(
      author: peer.agency.signatory,
      drafts: Array(repeating: Draft(dossier: nil, parts: [grant]), count: count), now: .sample,
      gate: .open, entropy: peer.entropy)
    return try await peer.store.write(work).get().changeSets.map(\.id)
  }

  func cursor() async throws -> Cursor {
    try #require(try await reader.store.read(CursorOf(peer.agency.code)))
  }

  /// The peer's next page with a byte too many in a part of these change sets.
  func page(breaking part: Int = 0, of broken: Set<ChangeSetID>) async throws -> DeliveryPage {
    let cursor = try await cursor()
    let served = try await peer.store.write(
      ServeDeliveries(
        reader: reader.agency.code, outbox: cursor.outbox, after: cursor.number,
        hash: cursor.runningHash, signatory: peer.agency.signatory, now: .sample))
    let page = try #require(DeliveryPage.decode(served.bytes))
    let deliveries = page.deliveries.map { delivery -> Delivery in
      guard case .changeSet(var received) = delivery.content, broken.contains(received.id) else {
        return delivery
      }
      received.parts[part] = received.parts[part].map {
        SaltedPart(salt: $0.salt, content: $0.content + [0])
      }
      return Delivery(number: delivery.number, content: .changeSet(received))
    }
    var statement = try #require(page.head.claim(as: HeadStatement.self))
    statement.page = DeliveryPage.digest(of: deliveries)
    return DeliveryPage(
      deliveries: deliveries,
      head: SignedObject(signing: statement, with: peer.agency.signatory.key))
  }

  /// Takes a page, and hands the peer the receipt.
  func take(_ page: DeliveryPage) async throws -> TakenPage {
    let taken = try await reader.store.take(
      TakeDeliveries(
        peer: peer.agency.code, page: page, signatory: reader.agency.signatory, now: .sample)
    ).get()
    let receipt = try #require(taken.receipt?.claim(as: Receipt.self))
    #expect(receipt.number == taken.cursor.number)
    #expect(receipt.untaken == taken.cursor.untaken.map(\.number))
    try await hand(try #require(taken.receipt))
    return taken
  }

  func hand(_ receipt: SignedObject) async throws {
    let number = receipt.claim(as: Receipt.self)?.number
    let outcome = try await peer.store.write(
      TakeReceipt(reader: reader.agency.code, signed: receipt, now: .sample))
    #expect(outcome == number.map(ReceiptOutcome.kept))
  }

  /// What the reader answers to a page that brings nothing new.
  func standing() async throws -> SignedObject {
    try await reader.store.read(
      StandingReceipt(
        peer: peer.agency.code, outbox: try await cursor().outbox,
        signatory: reader.agency.signatory, now: .sample))
  }

  /// Asks for change sets by their ids.
  func fetch(_ ids: [ChangeSetID], at now: Timestamp) async throws -> TakenFetch {
    let answer = try await peer.store.read(
      AnswerFetch(requester: reader.agency.code, request: FetchRequest(ids: ids.sorted())))
    return try await reader.store.write(
      TakeFetched(peer: peer.agency.code, deliveries: answer.deliveries, now: now))
  }

  /// The receipt that proves to the peer that the reader has a change set.
  func proof(of id: ChangeSetID) async throws -> KeptReceipt? {
    let trails = try await peer.store.read(
      See(ids: [id], agency: peer.agency.code, other: reader.agency.code)
    ).trails
    #expect(trails.count <= 1)
    return trails.first?.receipt
  }
}

extension StoreConformance {
  func checkUntaken<S: Store>(_ store: S) async throws {
    let world = try await BrokenPages(store)
    let id = try #require(try await world.open(1).first)
    let taken = try await world.take(world.page(of: [id]))
    let number = taken.cursor.number
    #expect(taken.stored == 0)
    #expect(taken.cursor.untaken == [UntakenNumber(number: number, change: id, parts: 1)])
    #expect(try await world.proof(of: id) == nil, "it says that this is not there")
    // The next page brings something else, and names it as well.
    let other = try #require(try await world.open(1).first)
    #expect(try await world.take(world.page(of: [])).cursor.untaken == taken.cursor.untaken)
    #expect(try await world.proof(of: other)?.untaken == [number])
    let later = Timestamp.sample.adding(seconds: 60)
    #expect(try await world.fetch([id], at: later).stored == 1)
    let settled = try await world.cursor()
    #expect(settled.untaken.isEmpty && settled.receivedAt == later)
    // The receipt of the same number proves more now, and not of a time before that.
    try await world.hand(world.standing())
    let proof = try #require(try await world.proof(of: id))
    #expect(proof.untaken.isEmpty && proof.storedAt == later)
    #expect(proof.number == settled.number)
    #expect(try await world.proof(of: other)?.storedAt == .sample, "the older proof stands")
    #expect(try await world.take(world.page(of: [])).cursor.untaken.isEmpty)
  }

  func checkUntakenParts<S: Store>(_ store: S) async throws {
    let world = try await BrokenPages(store)
    let (author, reader) = (world.peer.agency, world.reader.agency)
    let sealed = Part(
      audience: [author.code, reader.code].sorted(),
      records: [.about(nil, type: 4, by: author)])
    let grant = Part(membership: [.grant(Grant(agency: reader.code, ground: .admit))])
    let written = try await world.peer.append(nil, [grant, sealed])
    let taken = try await world.take(world.page(breaking: 1, of: [written.id]))
    let number = taken.cursor.number
    #expect(taken.stored == 1, "its open part is sound")
    #expect(taken.cursor.untaken == [UntakenNumber(number: number, change: written.id, parts: 3)])
    // The same comes once more, and broken once more: two numbers lack it.
    let again = QueueWanted(reader: reader.code, wants: [written.id])
    #expect(try await world.peer.store.write(again) == 1)
    let broken = try await world.take(world.page(breaking: 1, of: [written.id]))
    #expect(broken.cursor.untaken.map(\.number) == [number, number + 1])
    // A later number carries it whole, and it is here for all three.
    #expect(try await world.peer.store.write(again) == 1)
    #expect(try await world.take(world.page(of: [])).cursor.untaken.isEmpty)
    // From then on broken bytes in its place take nothing away.
    #expect(try await world.peer.store.write(again) == 1)
    let known = try await world.take(world.page(breaking: 1, of: [written.id]))
    #expect(known.cursor.untaken.isEmpty && known.cursor.number == number + 3)
  }

  func checkUntakenLimit<S: Store>(_ store: S) async throws {
    let world = try await BrokenPages(store)
    let (most, more) = (Exchange.Limits.untakenMax, 200)
    var ids: Set<ChangeSetID> = []
    while ids.count < most + more { ids.formUnion(try await world.open(200)) }
    let before = try await world.cursor().number
    let taken = try await world.take(world.page(of: ids))
    #expect(taken.cursor.number == before + UInt64(most) && taken.hasMore)
    #expect(taken.cursor.untaken.count == most, "a receipt names every one that it covers")
    let alarms = try await store.read(ReadAlarms()).filter { $0.kind == .untaken }
    #expect(alarms.map(\.subject) == ["outbox \(taken.cursor.outbox)"])
    // What is next cannot be named, so the outbox is taken no further.
    let page = try await world.page(of: ids)
    await #expect(throws: PageRefusal.untaken) { try await world.take(page) }
    #expect(try await world.cursor() == taken.cursor)
    // As far as their content comes in another way there is room for others.
    let fetched = taken.cursor.untaken.prefix(more / 2).compactMap(\.change)
    #expect(try await world.fetch(fetched, at: .sample).stored == more / 2)
    #expect(try await world.cursor().untaken.count == most - more / 2)
    let next = try await world.take(world.page(of: ids))
    #expect(next.cursor.number == taken.cursor.number + UInt64(more / 2))
    #expect(next.cursor.untaken.count == most)
    // What can be taken goes on meanwhile.
    let last = try await world.take(world.page(of: []))
    #expect(last.stored == more / 2 && !last.hasMore && last.cursor.untaken.count == most)
    #expect(try await store.read(ReadAlarms()).count { $0.kind == .untaken } == 1)
  }

  func checkSettled<S: Store>(_ store: S) async throws {
    let world = try await ConformanceWorld(store)
    let written = try await world.dossier(with: [])
    let graph = try #require(
      try await world.see([], [written.dossier]).graphs[written.dossier])
    func untaken(_ number: UInt64, _ change: ChangeSetID?, _ parts: UInt32) -> UntakenNumber {
      UntakenNumber(number: number, change: change, parts: parts)
    }
    var first = Cursor(peer: world.other.code, outbox: seededEntropy(3).outboxID())
    first.untaken = [
      untaken(1, written.id, 1), untaken(2, written.id, 3), untaken(3, nil, 0),
      untaken(4, world.id(1), 1), untaken(5, world.id(2), 3),
    ]
    var second = Cursor(peer: world.third.code, outbox: seededEntropy(4).outboxID())
    second.untaken = [untaken(9, world.id(3), 1)]
    var third = Cursor(peer: world.home.agency.code, outbox: seededEntropy(5).outboxID())
    third.untaken = [untaken(7, written.id, 1)]
    try await store.write(Do(.move(first), .move(second), .move(third)))
    var arrivals = Arrivals()
    arrivals.add(written.id, in: graph)
    arrivals.add(rejected: world.id(2))
    arrivals.add(rejected: world.id(8))
    let later = Timestamp.sample.adding(seconds: 5)
    try await store.write(Do(.settle(arrivals, later), .settle(Arrivals(), .sample)))
    first.untaken = [untaken(2, written.id, 3), untaken(3, nil, 0), untaken(4, world.id(1), 1)]
    first.receivedAt = later
    third.untaken = []
    third.receivedAt = later
    let cursors = [first, second, third].sorted { $0.peer < $1.peer }
    #expect(try await world.see().cursors == cursors)
  }
}
