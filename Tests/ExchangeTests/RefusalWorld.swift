import Exchange
import Ledger
import TestSupport
import Testing

/// A member's node in a dossier of a home, and a relay of the directory that brings it copies.
struct RefusalWorld {
  typealias Node = SampleNode<MemoryStore>

  var home = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
  let node = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
  let relay = SampleAgency("D")
  let directory: DossierID
  /// The first change set of the dossier, which the node has.
  let first: StoredChangeSet

  init() async throws {
    directory = try await home.found()
    try await node.join(home, directory)
    try await home.carry(
      .admission(entry: relay.entry, key: relay.signatory.key.publicKey, particulars: nil),
      in: directory)
    let grant = Part(membership: [.grant(Grant(agency: node.agency.code, ground: .admit))])
    first = try await home.append(nil, [grant])
    try await node.catchUp(with: home)
  }

  /// The home's next change set, which the node has not: a record in the open part, another in a
  /// sealed one, and a seal over a second change set too.
  func written() async throws -> ReceivedChangeSet {
    let author = home.agency.signatory
    func record(_ number: UInt8) -> Record {
      Record(
        id: RecordID(timestamp: .sample, random: [UInt8](repeating: number, count: 10)), type: 4,
        author: author.agency, body: [UInt8](repeating: number, count: 40))
    }
    let sealed = Part(
      audience: [author.agency, node.agency.code].sorted(), records: [record(2)])
    let drafts = [
      Draft(dossier: first.dossier, parts: [Part(records: [record(1)]), sealed]),
      Draft(dossier: nil, parts: [Part(records: [record(3)])]),
    ]
    let work = Append(
      author: author, drafts: drafts, now: .sample, gate: .open, entropy: home.entropy)
    let changeSet = try #require(try await home.store.write(work).get().changeSets.first)
    return ReceivedChangeSet(changeSet, parts: changeSet.parts)
  }

  /// What would be the home's next change set at the node, as somebody with these keys writes it.
  func next(
    under key: SigningKey, sealedBy sealer: SigningKey,
    _ change: (inout ChangeSetHeader) -> Void = { _ in }
  ) async throws -> ReceivedChangeSet {
    let graph = try await graph()
    let newest = node.store.contents.log[directory]?.last
    let part = SaltedPart(
      salt: [UInt8](repeating: 5, count: SaltedPart.saltByteCount), content: Part().encoded())
    var header = try #require(
      graph?.nextHeader(
        author: home.agency.code, key: key.keyID, directory: newest, authoredAt: .sample,
        parts: [part.hash]))
    change(&header)
    let bytes = header.encoded()
    let leaf = (id: ChangeSetHeader.id(of: bytes), blind: [UInt8](repeating: 6, count: 32))
    let proof = try #require(
      SealTree([leaf])?.sealed(by: home.agency.code, with: sealer, at: .sample).first)
    return ReceivedChangeSet(headerBytes: bytes, proof: proof, parts: [0: part])
  }

  /// Gives the home a new key, and the node the entries that say so.
  mutating func replaceKey() async throws {
    let successor = SampleAgency("A", generation: 1)
    try await home.carry(
      .key(agency: successor.code, key: successor.signatory.key.publicKey), in: directory)
    home.agency = successor
    let rows = home.store.contents.rows
    for id in home.store.contents.log[directory] ?? [] {
      guard let entry = rows[id]?.changeSet else { continue }
      try await bring(ReceivedChangeSet(entry, parts: entry.parts))
    }
  }

  /// What becomes of a copy that the relay brings.
  @discardableResult
  func bring(_ copy: ReceivedChangeSet) async throws -> TakenFetch {
    try await node.store.write(
      TakeFetched(
        peer: relay.code, deliveries: [Delivery(number: 0, content: .changeSet(copy))],
        now: .sample))
  }

  /// Expects that the good copy is stored whole now, and that nothing waits any more for its sake.
  func takes(_ good: ReceivedChangeSet) async throws {
    #expect(try await bring(good).stored == 1, "the good one is taken after it")
    #expect(stored(good.id)?.parts == good.parts)
    #expect(holding(good.id) == nil)
    #expect(try await standing(of: good.id) == .counts)
  }
}

extension RefusalWorld {
  /// What a refusal must leave as it is: the log and what is folded from it.
  struct State: Equatable {
    let log: [DossierID: [ChangeSetID]]
    let digests: [DossierID: Hash256?]
  }

  var state: State {
    let contents = node.store.contents
    return State(log: contents.log, digests: contents.projections.mapValues(\.digest))
  }

  func stored(_ id: ChangeSetID) -> StoredChangeSet? { node.store.contents.rows[id]?.changeSet }

  func holding(_ id: ChangeSetID) -> HoldReason? {
    node.store.contents.held[id]?[relay.code]?.reason
  }

  func rejection(of id: ChangeSetID) -> RejectionReason? { node.store.contents.rejected[id] }

  /// The code of why something is held or rejected.
  func reason(of id: ChangeSetID) -> String? { rejection(of: id)?.code ?? holding(id)?.code }

  func alarms() async throws -> [Alarm] { try await node.store.read(ReadAlarms()) }

  func graph() async throws -> DossierGraph? {
    try await node.store.read(GraphsOf(dossiers: [first.dossier]))[first.dossier]
  }

  func standing(of id: ChangeSetID) async throws -> Standing? {
    try await graph()?.standing(of: id)
  }
}

extension RefusalWorld {
  /// The next page of the home as it serves it.
  func page() async throws -> DeliveryPage {
    let cursor = try #require(try await node.store.read(CursorOf(home.agency.code)))
    let served = try await home.store.write(
      ServeDeliveries(
        reader: node.agency.code, outbox: cursor.outbox, after: cursor.number,
        hash: cursor.runningHash, bytesMax: Exchange.Limits.pageBytesMax,
        signatory: home.agency.signatory, now: .sample))
    return try #require(DeliveryPage.decode(served.bytes))
  }

  /// The page with two deliveries in each other's place, as the home would sign it.
  func reordered(_ page: DeliveryPage) throws -> DeliveryPage {
    var page = page
    page.deliveries.swapAt(1, 2)
    var head = try #require(HeadStatement(decoding: page.head.body))
    head.page = DeliveryPage.digest(of: page.deliveries)
    page.head = SignedObject(signing: head, with: home.agency.signatory.key)
    return page
  }

  func take(_ page: DeliveryPage) async throws -> Result<TakenPage, PageRefusal> {
    try await node.store.take(
      TakeDeliveries(
        peer: home.agency.code, page: page, signatory: node.agency.signatory, now: .sample))
  }
}
