import Exchange
import Ledger
import TestSupport
import Testing

/// Holes of a log that discs fill, and what a disc that asks is not given.
@Suite struct BundleHoleTests {
  private static let secret = Array("canary: for B alone".utf8)

  /// A dossier of A with B, which A and B have written in turn, and C outside it.
  private struct Scene {
    let world: BundleWorld
    let dossier: DossierID
    private(set) var written: [StoredChangeSet]

    init() async throws {
      world = try await BundleWorld(["A", "B", "C"])
      let grant = MembershipStatement.grant(
        Grant(agency: BundleWorld.code("B"), ground: .admit))
      let record = Record.about(nil, type: 4, by: world["A"].agency, body: BundleHoleTests.secret)
      let first = try await world["A"].append(
        nil, [Part(membership: [grant], records: [record])])
      dossier = first.dossier
      written = [first]
      for _ in 0..<2 {
        try await world.swap("A", "B")
        for author in ["B", "A"] {
          written.append(try await world[author].append(dossier, [Part()]))
          try await world.swap("A", "B")
        }
      }
      try await world.swap("A", "C")
      try await world.swap("B", "C")
    }

    func lose(_ positions: [Int], at label: String = "B") async throws {
      try await world[label].store.write(
        Lose(ids: positions.map { written[$0].id }, dossier: dossier))
    }

    func holes(at label: String = "B") async throws -> [ChangeSetID] {
      try await SelfChecking(repairs: false).run(
        over: world[label].store, now: { .sample },
        ask: { peer, _ in throw ExchangeError(.unavailable, "\(peer)") }
      ).holes.map(\.id)
    }

    /// A change set on its way.
    func copy(_ position: Int) -> ReceivedChangeSet {
      ReceivedChangeSet(written[position], parts: written[position].parts)
    }
  }

  @Test func `a stretch that was lost is asked for by one disc and filled by the next`()
    async throws
  {
    let scene = try await Scene()
    try await scene.lose([1, 2, 3])
    let world = scene.world
    let file = try await world.export("B", to: "A", holed: [scene.dossier])
    let returns = try await BundleFile(reading: .memory(file)).returns(
      with: DecryptionKeys(current: BundleWorld.decryptionKey("A")))
    #expect(returns.ranges.contains { $0.author == BundleWorld.code("A") })
    #expect(returns.ranges.allSatisfy { $0.dossier == scene.dossier })
    #expect(try await world.import(file, at: "A").queued >= 3)
    let taken = try await world.import(
      world.export("A", to: "B"), at: "B", holed: [scene.dossier])
    #expect(taken.repaired == 3 && taken.comparison == .agrees)
    #expect(try await scene.holes().isEmpty)
    let (here, there) = (
      try await world.state(of: "B", dossiers: [scene.dossier]),
      try await world.state(of: "A", dossiers: [scene.dossier])
    )
    #expect(here.digests == there.digests && here.heads == there.heads)
  }

  @Test func `a changed row comes back, and an end of a chain`() async throws {
    let scene = try await Scene()
    let (world, first, last) = (scene.world, scene.written[0], scene.written[4])
    world["B"].store.tamper { contents in
      contents.rows[first.id]?.changeSet.proof = last.proof
      contents.rows[last.id] = nil
      contents.log[scene.dossier]?.removeAll { $0 == last.id }
    }
    #expect(Set(try await scene.holes()).isSuperset(of: [first.id, last.id]))
    try await world.import(world.export("B", to: "A", holed: [scene.dossier]), at: "A")
    let taken = try await world.import(
      world.export("A", to: "B"), at: "B", holed: [scene.dossier])
    #expect(taken.repaired >= 2)
    #expect(try await scene.holes().isEmpty)
    let graph = try await world["B"].store.read(GraphsOf(dossiers: [scene.dossier]))[scene.dossier]
    #expect(graph?.changeSet(first.id)?.proof == first.proof && graph?.contains(last.id) == true)
  }

  @Test func `what was written while there was a hole is asked for with it`() async throws {
    let scene = try await Scene()
    let (world, dossier) = (scene.world, scene.dossier)
    try await scene.lose([3])
    let later = try await world["A"].append(dossier, [Part()])
    let file = try await world.export("B", to: "A", holed: [dossier])
    let returns = try await BundleFile(reading: .memory(file)).returns(
      with: DecryptionKeys(current: BundleWorld.decryptionKey("A")))
    #expect(
      returns.ranges.contains {
        $0.author == later.header.author && $0.sequences.contains(later.header.sequence)
      })
    #expect(!returns.ranges.contains { $0.sequences.contains(1) })
  }

  @Test func `security T11 a disc that asks for what its sender may not see is given nothing`()
    async throws
  {
    let scene = try await Scene()
    let (world, thief) = (scene.world, scene.world["C"].agency.signatory)
    let authors = ["A", "B", "C"].map(BundleWorld.code)
    let request = BundleReturns(
      receipt: nil, wants: scene.written.map(\.id).sorted(),
      ranges: authors.map {
        FetchRequest.Range(dossier: scene.dossier, author: $0, sequences: 1...UInt64.max)
      })
    let asking = try await world.export("C", to: "A").replacing(
      request, signedBy: thief, sealedTo: BundleWorld.encryptionKey("A"))
    #expect(try await world.import(asking, at: "A").queued == 0)
    // The same about things that never were, and as if its directory had a hole.
    let unknown = BundleReturns(receipt: nil, wants: [ChangeSetID(.sha256([1]))])
    let nothing = try await world.export("C", to: "A").replacing(
      unknown, signedBy: thief, sealedTo: BundleWorld.encryptionKey("A"))
    #expect(try await world.import(nothing, at: "A").queued == 0)
    let alone = try await world.export("C", to: "A").replacing(
      request, signedBy: thief, sealedTo: BundleWorld.encryptionKey("A"),
      naming: world.directory.first)
    let taken = try await world.import(alone, at: "A")
    #expect(taken.isRequestAlone && taken.queued == 0)
    let answer = try await world.export("A", to: "C")
    let keys = DecryptionKeys(current: BundleWorld.decryptionKey("C"))
    var lines = 0
    try await BundleFile(reading: .memory(answer)).check(
      with: keys, seen: { lines += $0.deliveries.count })
    #expect(lines == 0)
    // The same words of a member are a question like any other.
    let member = try await world.export("B", to: "A").replacing(
      request, signedBy: world["B"].agency.signatory, sealedTo: BundleWorld.encryptionKey("A"))
    #expect(try await world.import(member, at: "A").queued == scene.written.count)
  }

  @Test func `a request alone brings nothing besides`() async throws {
    let scene = try await Scene()
    let (world, b) = (scene.world, scene.world["B"].agency)
    let before = try await world.state(of: "A", dossiers: [scene.dossier, world.directory])
    let particulars = SignedObject(
      signing: Particulars(
        signer: b.code, key: b.signatory.key.keyID, version: 9,
        encryptionKey: BundleWorld.decryptionKey("newer").encryptionKey.bytes),
      with: b.signatory.key)
    let full = BundleReturns(
      receipt: nil, wants: [scene.written[0].id], particulars: particulars,
      held: [scene.copy(0)])
    let file = try await world.export("B", to: "A").replacing(
      full, signedBy: b.signatory, sealedTo: BundleWorld.encryptionKey("A"),
      naming: world.directory.first)
    let taken = try await world.import(file, at: "A")
    #expect(taken.isRequestAlone && taken.queued == 1)
    #expect(taken.particulars == nil && taken.receipt == nil && taken.stored == 0)
    #expect(try await world.state(of: "A", dossiers: [scene.dossier, world.directory]) == before)
  }

  @Test(arguments: [0, 1, 2])
  func `security T1 a made-up copy for a hole fills nothing, and a sound one does, whoever has it`(
    _ kind: Int
  ) async throws {
    let scene = try await Scene()
    let (world, dossier, lost) = (scene.world, scene.dossier, scene.written[3].id)
    // So that nothing is owed, and the one page of a disc is empty.
    for peer in ["A", "C"] { try await world.swap(peer, "B") }
    try await scene.lose([3])
    let sound = scene.copy(3)
    var forged = sound
    switch kind {
    case 0:
      forged.parts[0] = SaltedPart(
        salt: [UInt8](repeating: 1, count: SaltedPart.saltByteCount), content: Part().encoded())
    case 1: forged.parts = [:]
    default: forged.proof = scene.written[1].proof
    }
    let lie = try await world.export("A", to: "B").replacing(
      copies: [forged], signedBy: world["A"].agency.signatory,
      sealedTo: BundleWorld.encryptionKey("B"))
    let taken = try await world.import(lie, at: "B", holed: [dossier])
    #expect(taken.repaired == 0 && taken.stored == 0)
    #expect(try await scene.holes() == [lost])
    // What proves itself is taken from anybody, also from one who should not have it.
    let truth = try await world.export("C", to: "B").replacing(
      copies: [sound], signedBy: world["C"].agency.signatory,
      sealedTo: BundleWorld.encryptionKey("B"))
    #expect(try await world.import(truth, at: "B", holed: [dossier]).repaired == 1)
    #expect(try await scene.holes().isEmpty)
  }
}

/// Deletes rows of a log.
private struct Lose: StoreWork {
  let ids: [ChangeSetID]
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.forget(ids, in: dossier)
  }
}
