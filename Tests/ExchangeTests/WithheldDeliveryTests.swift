import Exchange
import Ledger
import TestSupport
import Testing

/// A peer that leaves something out of what it delivers, with a gap in its numbers or without.
@Suite(.timeLimit(.minutes(2))) struct WithheldDeliveryTests {
  private typealias Node = SampleNode<MemoryStore>

  private func pair() async throws -> (Node, Node) {
    let peer = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await peer.found()
    let reader = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await reader.join(peer, directory)
    try await reader.catchUp(with: peer)
    return (peer, reader)
  }

  /// Three dossiers that both may hold, of which the reader has heard nothing.
  private func opened(at peer: Node, for reader: Node) async throws -> [StoredChangeSet] {
    let grant = Part(membership: [.grant(Grant(agency: reader.agency.code, ground: .admit))])
    var opened: [StoredChangeSet] = []
    for _ in 0..<3 { opened.append(try await peer.append(nil, [grant])) }
    return opened
  }

  /// The next page as an honest peer serves it.
  private func page(of peer: Node, for reader: Node) async throws -> DeliveryPage {
    let cursor = try #require(try await reader.store.read(CursorOf(peer.agency.code)))
    let served = try await peer.store.write(
      ServeDeliveries(
        reader: reader.agency.code, outbox: cursor.outbox, after: cursor.number,
        hash: cursor.runningHash, bytesMax: Limits.pageBytesMax,
        signatory: peer.agency.signatory, now: .sample))
    return try #require(DeliveryPage.decode(served.bytes))
  }

  /// The same without one of its deliveries, signed as if that were all.
  private func page(
    of peer: Node, for reader: Node, without position: Int
  ) async throws -> DeliveryPage {
    var page = try await page(of: peer, for: reader)
    page.deliveries.remove(at: position)
    var shorter = try #require(HeadStatement(decoding: page.head.body))
    shorter.page = DeliveryPage.digest(of: page.deliveries)
    page.head = SignedObject(signing: shorter, with: peer.agency.signatory.key)
    return page
  }

  private func take(
    _ page: DeliveryPage, at reader: Node, from peer: Node,
    answering question: PullSession.Question? = nil
  ) async throws -> Result<TakenPage, PageRefusal> {
    var work = TakeDeliveries(
      peer: peer.agency.code, page: page, signatory: reader.agency.signatory, now: .sample)
    work.question = question
    return try await reader.store.take(work)
  }

  private func question(of reader: Node, to peer: Node) async throws -> PullSession.Question {
    let cursor = try await reader.store.read(CursorOf(peer.agency.code))
    return PullSession(cursor: cursor, waitSeconds: 30).question
  }

  @Test func `security T2 a delivery left out of the numbers is told at once, nothing is taken`()
    async throws
  {
    let (peer, reader) = try await pair()
    _ = try await opened(at: peer, for: reader)
    let page = try await page(of: peer, for: reader, without: 1)
    let outcome = try await take(page, at: reader, from: peer)
    #expect(throws: PageRefusal.withheld) { try outcome.get() }
    #expect(try await reader.store.read(ReadAlarms()).map(\.kind).contains(.withholding))
    #expect(try await reader.pull(from: peer).stored == 3, "the honest page is taken after it")
  }

  @Test func `security T2 an answer that begins too late is told, and a push that does is no lie`()
    async throws
  {
    let (peer, reader) = try await pair()
    _ = try await opened(at: peer, for: reader)
    let asked = try await question(of: reader, to: peer)
    let page = try await page(of: peer, for: reader, without: 0)
    let pushed = try await take(page, at: reader, from: peer)
    #expect(throws: PageRefusal.gap) { try pushed.get() }
    #expect(try await reader.store.read(ReadAlarms()).isEmpty, "what is before it may be lost")
    let answered = try await take(page, at: reader, from: peer, answering: asked)
    #expect(throws: PageRefusal.withheld) { try answered.get() }
    #expect(try await reader.store.read(ReadAlarms()).map(\.kind) == [.withholding])
    #expect(try await reader.pull(from: peer).stored == 3, "the honest page is taken after it")
  }

  @Test func `security T2 an outbox that stands behind what it showed is told at once`()
    async throws
  {
    let (peer, reader) = try await pair()
    let early = try await page(of: peer, for: reader)
    _ = try await opened(at: peer, for: reader)
    try await reader.pull(from: peer)
    let outcome = try await take(
      early, at: reader, from: peer, answering: question(of: reader, to: peer))
    #expect(throws: PageRefusal.wentBack) { try outcome.get() }
    #expect(try await reader.store.read(ReadAlarms()).map(\.kind) == [.withholding])
  }

  @Test func `a page that a later one has overtaken is no evidence against its sender`()
    async throws
  {
    let (peer, reader) = try await pair()
    let asked = try await question(of: reader, to: peer)
    let empty = try await page(of: peer, for: reader)
    _ = try await opened(at: peer, for: reader)
    let pushed = try await page(of: peer, for: reader)
    _ = try await opened(at: peer, for: reader)
    try await reader.pull(from: peer)
    // The answer to a long poll, and a push, that were under way when somebody else pulled.
    for outcome in [
      try await take(empty, at: reader, from: peer, answering: asked),
      try await take(pushed, at: reader, from: peer, answering: asked),
      try await take(pushed, at: reader, from: peer),
    ] {
      #expect(throws: PageRefusal.gap) { try outcome.get() }
    }
    #expect(try await reader.store.read(ReadAlarms()).isEmpty)
  }

  @Test func `security T2 what a peer never numbered is named by one comparison and fetched`()
    async throws
  {
    let (peer, reader) = try await pair()
    let opened = try await opened(at: peer, for: reader)
    try await peer.store.write(Unqueue(id: opened[1].id, reader: reader.agency.code))
    #expect(try await reader.pull(from: peer).stored == 2, "nothing shows in the numbers")

    let ask = { (question: Reconciliation.Question) in
      try await peer.answered(question, from: reader.agency.code)
    }
    let found = try await Reconciliation(peer: peer.agency.code, mode: .compare).run(
      over: reader.store, now: { .sample }, pause: { _ in }, ask: ask)
    #expect(found.onlyRemote.map(\.id) == [opened[1].id] && found.onlyRemoteTotal == 1)
    #expect(found.onlyLocal.isEmpty && found.differing.isEmpty && found.inFlight == 0)
    let repair = Reconciliation(peer: peer.agency.code, mode: .repair(changesMax: nil))
    let repaired = try await repair.run(
      over: reader.store, now: { .sample }, pause: { _ in }, ask: ask)
    #expect(repaired.repaired == 1 && repaired.isConsistent)
  }
}

/// A line that a peer takes back before it has a number.
private struct Unqueue: StoreWork {
  let id: ChangeSetID
  let reader: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.unqueue([id], for: reader)
  }
}
