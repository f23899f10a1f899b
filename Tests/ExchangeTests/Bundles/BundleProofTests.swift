import Exchange
import Ledger
import TestSupport
import Testing

/// What a bundle proves to its reader about the reader's own past, and what it does not.
@Suite struct BundleProofTests {
  /// A world of A and B with a dossier of A that both have.
  private func prepared() async throws -> (BundleWorld, DossierID) {
    let world = try await BundleWorld(["A", "B"])
    let grant = Grant(agency: BundleWorld.code("B"), ground: .admit)
    let opened = try await world["A"].append(nil, [Part(membership: [.grant(grant)])])
    try await world.swap("A", "B")
    return (world, opened.dossier)
  }

  private struct NotAdmitted: Error {}

  /// B as of now over a store of its own: the same outbox, and nothing that B takes later.
  private func copy(of world: BundleWorld) async throws -> BundleWorld.Node {
    let node = BundleWorld.Node(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await node.initialize(directory: world.directory)
    let answer = try await world["A"].store.read(
      AnswerJoin(agency: node.agency.code, key: node.agency.signatory.key.keyID))
    guard case .admitted(let entries) = answer else {
      throw NotAdmitted()
    }
    _ = try await node.store.write(
      TakeFetched(peer: BundleWorld.code("A"), deliveries: entries, now: .sample))
    try await node.catchUp(with: world["A"])
    return node
  }

  private func take(_ file: [UInt8], at node: BundleWorld.Node) async throws -> TakenBundle {
    try await ImportBundle(
      source: .memory(file),
      keys: DecryptionKeys(current: BundleWorld.decryptionKey("B")),
      signatory: node.agency.signatory
    ).run(over: node.store, now: { .sample })
  }

  @Test func `a bundle that follows one from after the restored moment is refused and proves it`()
    async throws
  {
    let (world, dossier) = try await prepared()
    let restored = try await copy(of: world)
    let outbox = try await restored.store.read(NodeNow()).outbox
    #expect(try await world["B"].store.read(NodeNow()).outbox == outbox)
    try await world["A"].append(dossier, [Part()])
    try await world.import(world.export("A", to: "B"), at: "B")
    try await world["B"].append(dossier, [Part()])
    try await world.import(world.export("B", to: "A"), at: "A")
    let file = try await world.export("A", to: "B")
    let refusal = await #expect(throws: BundleRefusal.self) { try await take(file, at: restored) }
    #expect(refusal?.code == .gap && refusal?.wentBack == true, "whoever imports it is told")
    let node = try await restored.store.read(NodeNow())
    #expect(node.restored?.witness == BundleWorld.code("A") && node.outbox != outbox)
    let alarms = try await restored.store.read(ReadAlarms())
    #expect(alarms.contains { $0.kind == .wentBack && !$0.evidence.isEmpty })
    // It is known then, and the file proves nothing new.
    let again = await #expect(throws: BundleRefusal.self) { try await take(file, at: restored) }
    #expect(again?.code == .gap && again?.wentBack == false)
    // The node from which nothing was lost takes the same file and is told nothing.
    #expect(try await world.import(file, at: "B").comparison == .agrees)
  }

  @Test func `security T9 a disc that claims and proves nothing stops nobody from writing`()
    async throws
  {
    let (world, dossier) = try await prepared()
    let (liar, node) = (world["A"].agency.signatory, world["B"])
    let record = try await node.store.read(NodeNow())
    let receipt = Receipt(
      signer: liar.agency, key: liar.key.keyID, destination: node.agency.code,
      outbox: record.outbox, number: 1 << 40, runningHash: .sha256([1]), storedAt: .sample)
    let statement = HeadStatement(
      signer: node.agency.code, key: liar.key.keyID, reader: liar.agency,
      outbox: record.outbox, number: 1 << 40, runningHash: .sha256([1]), directory: nil,
      page: .sha256([]))
    let forged = try await forgery(of: node, in: dossier, sealedBy: liar)
    let returns = BundleReturns(
      receipt: SignedObject(signing: receipt, with: liar.key), wants: [],
      head: SignedObject(signing: statement, with: liar.key), held: [forged])
    let file = try await world.export("A", to: "B").replacing(
      returns, signedBy: liar, sealedTo: BundleWorld.encryptionKey("B"))
    #expect(try await world.import(file, at: "B").comparison == .unproven)
    #expect(try await node.store.read(NodeNow()) == record, "nothing is marked")
    let alarms = try await node.store.read(ReadAlarms())
    #expect(alarms.contains { $0.kind == .wentBack && $0.peer == liar.agency })
    let written = try await node.append(dossier, [Part()])
    #expect(written.header.sequence == 1 && written.id != forged.id)
    // Nor does it hold up a node on its way back.
    try await node.store.write(
      MarkRestored(witness: node.agency.code, subject: "marker", now: .sample))
    let known = try await node.store.read(NodeNow())
    #expect(try await world.import(file, at: "B").comparison == nil)
    #expect(try await node.store.read(NodeNow()) == known)
  }

  /// A change set in an agency's name, sealed with somebody else's key.
  private func forgery(
    of victim: BundleWorld.Node, in dossier: DossierID, sealedBy forger: Signatory
  ) async throws -> ReceivedChangeSet {
    let graph = try await victim.store.read(GraphsOf(dossiers: [dossier]))[dossier]
    let part = SaltedPart(
      salt: [UInt8](repeating: 5, count: SaltedPart.saltByteCount), content: Part().encoded())
    let header = try #require(
      graph?.nextHeader(
        author: victim.agency.code, key: victim.agency.signatory.key.keyID,
        directory: try await victim.store.read(NewestOf()), authoredAt: .sample,
        parts: [part.hash]))
    let bytes = header.encoded()
    let leaf = (id: ChangeSetHeader.id(of: bytes), blind: [UInt8](repeating: 6, count: 32))
    let proof = try #require(
      SealTree([leaf])?.sealed(by: victim.agency.code, with: forger.key, at: .sample).first)
    return ReceivedChangeSet(headerBytes: bytes, proof: proof, parts: [0: part])
  }
}

/// The record about the node.
private struct NodeNow: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> NodeRecord {
    try transaction.node()
  }
}

/// The registrar's newest entry.
private struct NewestOf: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> ChangeSetID? {
    try transaction.directory()?.newest
  }
}
