import Exchange
import HTTPTypes
import Ledger
import Logging
import Synchronization
import Testing

@testable import Node

/// A node stays on one history: after a start, a restore and a rotation, and whatever peers claim.
@Suite(.timeLimit(.minutes(5))) struct History {
  private typealias World = PeerWorld<MemoryStore>

  private static func store() -> MemoryStore {
    MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
  }

  private static func admit(_ agency: AgencyCode) -> Part {
    Part(membership: [.grant(Grant(agency: agency, ground: .admit))])
  }

  @Test func `security T9 a lying peer cannot stop a node from writing`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let (victim, liar) = (world.registrar, world.other)
      let first = try await victim.append(dossier: nil, Self.admit(liar.node.agency))
      let outbox = try await victim.store.read(OutboxStanding(reader: liar.node.agency)).outbox
      let client = try liar.node.client(to: victim.node, port: world.port)
      // A pull from the end of time, and a receipt for what was never given.
      let end = "after=\(UInt64.max)&hash=\(Hash256.zero.hex)"
      _ = try? await client.send(
        .get, "/peer/v1/deliveries?outbox=\(outbox.hex)&\(end)&wait=0", waitSeconds: 0)
      let receipt = Receipt(
        signer: liar.node.agency, key: liar.node.key.keyID, destination: victim.node.agency,
        outbox: outbox, number: 1 << 40, runningHash: .zero, storedAt: .init(microseconds: 0),
        untaken: [])
      _ = try? await client.send(
        .post, "/peer/v1/receipts", mediaType: PeerRoute.protobuf,
        body: LawfulForm.encode(SignedObject(signing: receipt, with: liar.node.key).wire))
      await client.close()
      #expect(victim.notices.contains(.claimsMore(liar.node.agency)))
      #expect(try await victim.store.read(ReadStanding()).isRestored == false)
      try await victim.append(dossier: first.dossier, Part())
      // Asked for the proof, it has none: its store says what it really got.
      let keeper = GateKeeper(.open)
      await victim.comparisons(keeper).compare(with: liar.node.agency, because: .claim)
      #expect(try await victim.store.read(ReadStanding()).isRestored == false)
      #expect(keeper.isOpen)
      try await victim.append(dossier: first.dossier, Part())
    }
  }

  @Test func `scenario S8 a restored node finds out, fetches what it wrote, and asks a person`()
    async throws
  {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let dossier = try await world.registrar.append(
        dossier: nil, Self.admit(world.other.node.agency)
      ).dossier
      try await eventually("the dossier arrives") {
        try await world.other.order(of: dossier).count == 1
      }
      let outbox = try await world.other.store.read(
        OutboxStanding(reader: world.registrar.node.agency)
      ).outbox
      for _ in 0..<3 { try await world.other.append(dossier: dossier, Part()) }
      try await eventually("what it writes arrives") {
        try await world.registrar.order(of: dossier).count == 4
      }
      let node = try await world.again(world.other.node, over: Self.store(), outbox: outbox)
      // The backup is from a time when it had written already, elsewhere.
      try await node.append(dossier: nil, Part())
      let standing = try await node.store.read(ReadStanding())
      let keeper = GateKeeper(StartComparison<MemoryStore>.gate(for: standing))
      #expect(!keeper.isOpen)
      await node.startComparison(keeper).compareAll()
      #expect(!keeper.isOpen)
      #expect(try await node.store.read(ReadStanding()).isRestored)
      await #expect(throws: AppendRefusal.restored) {
        try await node.append(dossier: nil, Part())
      }
      let restoring = node.restoring(keeper)
      #expect(try await restoring.step() == .waitsForPerson(returned: 3, held: 0))
      #expect(try await node.order(of: dossier) == world.registrar.order(of: dossier))
      #expect(!keeper.isOpen)
      // The operator's decision.
      try await node.store.write(ResumeAfterRestore(outbox: Entropy.system.outboxID()))
      keeper.override(reason: "a test")
      #expect(try await restoring.step() == .notRestored)
      let next = try await node.append(dossier: dossier, Part())
      #expect(next.header.sequence == 4)
    }
  }

  @Test func `a restored node of which nobody lacks anything goes on by itself`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let node = try await world.again(world.other.node, over: Self.store())
      try await node.append(dossier: nil, Part())
      let standing = try await node.store.read(ReadStanding())
      let keeper = GateKeeper(StartComparison<MemoryStore>.gate(for: standing))
      try await node.store.write(
        MarkRestored(
          witness: node.node.agency, subject: "marker", now: WorldNode<MemoryStore>.now))
      let alone = node.restoring(keeper, reachable: false)
      #expect(try await alone.step() == .waitsForPeers([world.registrar.node.agency]))
      let reserved = Mutex(0)
      let restoring = node.restoring(keeper) {
        let isRestored = try await node.store.read(ReadStanding()).isRestored
        #expect(isRestored, "before it writes")
        reserved.withLock { $0 += 1 }
      }
      #expect(try await restoring.step() == .resumed)
      #expect(reserved.withLock { $0 } == 1, "no number of a paper that came back is drawn again")
      #expect(keeper.isOpen)
      try await node.append(dossier: nil, Part())
    }
  }

  @Test func `security T9 a node does not go on while the peer that proved its loss is silent`()
    async throws
  {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let node = try await world.again(world.other.node, over: Self.store())
      // Known by its discs alone: one of them proved it, and was refused for a gap.
      let witness = try #require(AgencyCode("990000-D"))
      try await node.store.write(
        MarkRestored(
          witness: witness, subject: "head statement", now: WorldNode<MemoryStore>.now))
      let restoring = node.restoring(GateKeeper(.open))
      #expect(try await restoring.step() == .waitsForPeers([witness]))
      #expect(try await node.store.read(ReadStanding()).isRestored)
    }
  }

  @Test func `security T9 what a disc proves while peers are asked keeps a node from going on`()
    async throws
  {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let node = try await world.again(world.other.node, over: Self.store())
      try await node.store.write(
        MarkRestored(
          witness: node.node.agency, subject: "marker", now: WorldNode<MemoryStore>.now))
      let witness = try #require(AgencyCode("990000-D"))
      // Every peer has answered, and nothing lacks, when the disc comes.
      let restoring = node.restoring(GateKeeper(.open)) {
        try await node.store.write(
          MarkRestored(
            witness: witness, subject: "head statement", losesNumbers: false,
            now: WorldNode<MemoryStore>.now))
      }
      #expect(try await restoring.step() == .waitsForPerson(returned: 0, held: 0))
      #expect(try await restoring.step() == .waitsForPeers([witness]))
      #expect(try await node.store.read(ReadStanding()).isRestored)
    }
  }

  @Test func `after a rotation every dossier is re-affirmed once, also after a crash`() async throws
  {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let other = world.other
      let count = Exchange.Limits.reaffirmationsPerSealMax + 6
      var written = 0
      while written < count {
        let drafts = Array(
          repeating: Draft(dossier: nil, parts: [Part()]), count: min(500, count - written))
        written += try await other.store.write(
          Append(
            author: Signatory(agency: other.node.agency, key: other.node.key), drafts: drafts,
            now: WorldNode<MemoryStore>.now, gate: .open)
        ).get().changeSets.count
      }
      let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
      try await world.rotate(other.node.agency, to: key)
      try await eventually("the rotation arrives") {
        try await other.store.read(CurrentDirectory())?.activeKey(of: other.node.agency)?.id
          == key.keyID
      }
      let rotated = world.guests.welcome(
        WorldNode(TestNode(other.node, key: key), store: other.store))
      await rotated.synchronizer.readDirectory()
      // The first seal was written when the process died.
      let page = try await rotated.store.write(
        Reaffirm(
          author: Signatory(agency: other.node.agency, key: key), after: nil,
          now: WorldNode<MemoryStore>.now, gate: .open)
      ).get()
      #expect(page.changeSets.count == Exchange.Limits.reaffirmationsPerSealMax)
      let kept = Mutex<KeyID?>(nil)
      let memory = Reaffirming<MemoryStore>.Memory(
        key: { kept.withLock { $0 } }, keep: { key in kept.withLock { $0 = key } })
      #expect(try await other.reaffirming(GateKeeper(.open), memory).step() == nil, "the old key")
      let closed = GateKeeper(SealingGate(peers: [world.registrar.node.agency]))
      #expect(try await rotated.reaffirming(closed, memory).step() == nil, "not confirmed yet")
      #expect(try await rotated.reaffirming(GateKeeper(.open), memory).step() == 6)
      #expect(kept.withLock { $0 } == key.keyID)
      #expect(try await rotated.reaffirming(GateKeeper(.open), memory).step() == nil)
      let heads = try await rotated.store.read(KeysOfHeads(agency: other.node.agency))
      #expect(heads.count == count)
      #expect(Set(heads) == [key.keyID])
    }
  }

  @Test func `whoever waits is told of re-affirmations at once`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let (other, reader) = (world.other, world.registrar.node.agency)
      let grant = Grant(agency: reader, ground: .admit)
      _ = try await other.append(dossier: nil, Part(membership: [.grant(grant)]))
      let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
      try await world.rotate(other.node.agency, to: key)
      try await eventually("the rotation arrives") {
        try await other.store.read(CurrentDirectory())?.activeKey(of: other.node.agency)?.id
          == key.keyID
      }
      let rotated = world.guests.welcome(
        WorldNode(TestNode(other.node, key: key), store: other.store))
      await rotated.synchronizer.readDirectory()
      let memory = Reaffirming<MemoryStore>.Memory(key: { nil }, keep: { _ in })
      let woken = Mutex<[AgencyCode]>([])
      let work = rotated.reaffirming(
        GateKeeper(.open), memory, wake: { readers in woken.withLock { $0 += readers } })
      #expect(try await work.step() == 1)
      #expect(woken.withLock { $0 } == [reader])
    }
  }

  @Test func `an author whose memory fails keeps no hosted one from being re-affirmed`()
    async throws
  {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let other = world.other
      _ = try await other.append(dossier: nil, Part())
      let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
      try await world.rotate(other.node.agency, to: key)
      try await eventually("the rotation arrives") {
        try await other.store.read(CurrentDirectory())?.activeKey(of: other.node.agency)?.id
          == key.keyID
      }
      let rotated = world.guests.welcome(
        WorldNode(TestNode(other.node, key: key), store: other.store))
      await rotated.synchronizer.readDirectory()
      let kept = Mutex<KeyID?>(nil)
      let memory = Reaffirming<MemoryStore>.Memory(
        key: { kept.withLock { $0 } }, keep: { key in kept.withLock { $0 = key } })
      let broken = Reaffirming<MemoryStore>.Memory(
        key: { throw ExchangeError(.unavailable, "the memory") }, keep: { _ in })
      let author = Reaffirming<MemoryStore>.Author(
        Signatory(agency: other.node.agency, key: key), memory)
      let reaffirming = rotated.reaffirming(GateKeeper(.open), broken, hosted: [author])
      await #expect(throws: ExchangeError.self) { try await reaffirming.step() }
      #expect(kept.withLock { $0 } == key.keyID)
      let heads = try await rotated.store.read(KeysOfHeads(agency: other.node.agency))
      #expect(Set(heads) == [key.keyID])
    }
  }

  @Test func `a comparison fetches what is lacking and tells the audit`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let dossier = try await world.registrar.append(
        dossier: nil, Self.admit(world.other.node.agency)
      ).dossier
      let late = try await world.again(world.other.node, over: Self.store())
      let told = Mutex<[String]>([])
      await late.comparisons(GateKeeper(.open)) { peer, reason, count in
        told.withLock { $0.append("\(peer) \(reason.rawValue) \(count)") }
      }.compare(with: world.registrar.node.agency, because: .daily)
      #expect(try await late.order(of: dossier).count == 1)
      #expect(told.withLock { $0 } == ["\(world.registrar.node.agency) daily 1"])
    }
  }

  @Test func `a node whose directory is behind fetches it from a peer`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let late = try await world.again(world.other.node, over: Self.store())
      let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
      try await world.rotate(world.registrar.node.agency, to: key)
      let newest = try await world.registrar.order(of: world.directory)
      #expect(try await late.order(of: world.directory).count < newest.count)
      let session = try #require(
        await late.synchronizer.session(with: world.registrar.node.agency))
      #expect(try await session.fetchDirectory())
      #expect(try await late.order(of: world.directory) == newest)
      #expect(try await session.fetchDirectory() == false)
    }
  }

  @Test func `what is left of a directory opens no gate by naming no peer`() {
    let alone = NodeStanding(
      isListed: true, isHoled: false, isRestored: false, hasSealed: true, peers: [],
      registrar: nil, entry: nil)
    var holed = alone
    holed.isHoled = true
    #expect(StartComparison<MemoryStore>.gate(for: alone).isOpen)
    #expect(!StartComparison<MemoryStore>.gate(for: holed).isOpen)
  }

  @Test func `a hole in the directory takes no peer's address away from its repair`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let (other, registrar) = (world.other, world.registrar.node.agency)
      let known = try #require(other.book.peer(registrar))
      #expect(known.endpoint != nil)
      // The entry with the registrar's particulars.
      let newest = try #require(try await world.registrar.order(of: world.directory).last)
      try await other.store.write(Forget(id: newest, dossier: world.directory))
      await other.synchronizer.readDirectory()
      #expect(other.book.peer(registrar) == known)
    }
  }

  @Test func `an unknown key is noticed`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
      let stranger = TestNode(world.other.node, key: key)
      let client = try stranger.client(to: world.registrar.node, port: world.port)
      var code: String?
      do {
        if case .refused(let given, _, _) = try await client.send(.get, "/peer/v1/info") {
          code = given
        }
      } catch {
        Issue.record("\(error)")
      }
      await client.close()
      #expect(code == Problem.Code.keyUnknown.rawValue)
      #expect(world.registrar.notices.contains(.unknownKey))
    }
  }
}

extension WorldNode {
  private var quiet: Logger {
    var logger = Logger(label: node.agency.rawValue)
    logger.logLevel = .critical
    return logger
  }

  func startComparison(_ keeper: GateKeeper) -> StartComparison<S> {
    StartComparison(
      store: store, gate: keeper, book: book,
      sessions: { await synchronizer.session(with: $0) }, signals: signals, logger: quiet)
  }

  func restoring(
    _ keeper: GateKeeper, reachable: Bool = true, rebuild: RebuildRecord? = nil,
    reserve: @escaping @Sendable () async throws -> Void = {}
  ) -> Restoring<S> {
    Restoring(
      store: store, signatory: desk.signatory, gate: keeper, book: book,
      sessions: { reachable ? await synchronizer.session(with: $0) : nil }, signals: signals,
      bell: bell, rebuild: rebuild, reserve: reserve, logger: quiet)
  }

  func reaffirming(
    _ keeper: GateKeeper, _ memory: Reaffirming<S>.Memory, hosted: [Reaffirming<S>.Author] = [],
    wake: (@Sendable ([AgencyCode]) -> Void)? = nil
  ) -> Reaffirming<S> {
    Reaffirming(
      store: store, signatory: desk.signatory, gate: keeper, book: book,
      sessions: { await synchronizer.session(with: $0) }, signals: signals, memory: memory,
      hosted: { hosted }, businessTime: { Self.now },
      wake: wake ?? { [bell] in bell.ring($0) }, logger: quiet)
  }

  func comparisons(
    _ keeper: GateKeeper,
    repaired: @escaping @Sendable (AgencyCode, ComparisonReason, Int) async throws -> Void = {
      _, _, _ in
    }
  ) -> Comparisons<S> {
    Comparisons(
      plan: ComparisonBook(), book: book,
      sessions: { await synchronizer.session(with: $0) }, signals: signals, gate: keeper,
      registrar: { try await store.read(ReadStanding()).registrar }, logger: quiet,
      repaired: repaired)
  }
}

extension PeerWorld {
  /// A node that knows the directory as it is now and nothing else, as from a backup.
  func again(
    _ node: TestNode, over store: S, outbox: OutboxID = Entropy.system.outboxID(),
    recoveries: ComparisonTurns? = nil
  ) async throws -> WorldNode<S> {
    let world = guests.welcome(WorldNode(node, store: store, recoveries: recoveries))
    try await store.write(BeginNode(agency: node.agency, directory: directory, outbox: outbox))
    let answer = try await registrar.store.read(
      AnswerFetch(
        requester: node.agency, request: FetchRequest(ids: try await registrar.order(of: directory))
      ))
    _ = try await store.write(
      TakeFetched(
        peer: registrar.node.agency, deliveries: answer.deliveries, now: WorldNode<S>.now))
    await world.synchronizer.readDirectory()
    return world
  }

  /// Gives an agency a new key, by the registrar alone.
  func rotate(_ agency: AgencyCode, to key: SigningKey) async throws {
    let newest = try #require(try await registrar.order(of: directory).last)
    let proposed = try await registrar.append(
      dossier: directory,
      Part(directory: [
        .proposal(Proposal(basedOn: newest, change: .key(agency: agency, key: key.publicKey)))
      ]))
    try await registrar.append(
      dossier: directory,
      Part(directory: [
        .finalization(Finalization(proposal: proposed.id, countersignatures: [proposed.id]))
      ]))
  }
}

/// Loses one change set.
private struct Forget: StoreWork {
  let id: ChangeSetID
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.forget([id], in: dossier)
  }
}

/// The keys under which the newest change sets of an agency stand, one for each dossier.
struct KeysOfHeads: StoreWork {
  let agency: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [KeyID] {
    let dossiers = try transaction.dossiers(writtenBy: agency, after: nil, limit: 10_000)
    let graphs = try transaction.graphs(dossiers)
    return dossiers.compactMap { dossier in
      graphs[dossier].flatMap { graph in
        graph.head(of: agency).flatMap { graph.changeSet($0)?.header.key }
      }
    }
  }
}
