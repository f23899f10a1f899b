import Exchange
import Ledger
import Synchronization
import Testing

/// The store under test as the registrar's node, and a directory of which an entry is lost: the
/// one by which U, until then hosted by C, has a node of its own.
private struct HoledDirectory<S: Store> {
  let node: SampleNode<S>
  let keeper: SampleNode<MemoryStore>
  let host = SampleAgency("C")
  let directory: DossierID
  /// A dossier of the registrar with the keeper and U.
  let first: StoredChangeSet
  let second: StoredChangeSet
  let lost: StoredChangeSet

  /// Loses the entry, or with `isBehind` one before another.
  init(_ store: S, isBehind: Bool) async throws {
    node = SampleNode(store, SampleAgency("A"))
    keeper = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    directory = try await node.found()
    try await keeper.join(node, directory)
    let hosted = SampleAgency("U", hostedBy: "C")
    for agency in [host, hosted] {
      try await node.carry(
        .admission(entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
    let grants = [keeper.agency, hosted].map {
      MembershipStatement.grant(Grant(agency: $0.code, ground: .admit))
    }
    first = try await node.append(nil, [Part(membership: grants)])
    second = try await node.append(first.dossier, [Part()])
    let moved = SampleAgency("U")
    try await node.carry(
      .admission(entry: moved.entry, key: moved.signatory.key.publicKey, particulars: nil),
      in: directory)
    let entry = try #require(try await store.read(EntriesOf(directory: directory)).last)
    if isBehind {
      let later = SampleAgency("D")
      try await node.carry(
        .admission(entry: later.entry, key: later.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
    lost = entry
    try await keeper.catchUp(with: node)
    try await store.write(Do(.forget([lost.id], directory)))
  }

  /// Everything by which something could be given out, asked or kept as proved, each as it fails.
  func ways() async throws -> [@Sendable () async throws -> Void] {
    let (store, signatory) = (node.store, node.agency.signatory)
    let (c, id, dossier) = (host.code, first.id, first.dossier)
    let outbox = try await store.read(SeeNode()).outbox
    let serving = ServeDeliveries(
      reader: c, outbox: outbox, after: 0, hash: nil, signatory: signatory, now: .sample)
    let receipt = Receipt(
      signer: c, key: host.signatory.key.keyID, destination: signatory.agency, outbox: outbox,
      number: 1, runningHash: .zero, storedAt: .sample)
    let signed = SignedObject(signing: receipt, with: host.signatory.key)
    let range = try #require(AttachmentRange(first: 0))
    return [
      { _ = try await store.write(serving) },
      { _ = try await store.write(TakeReceipt(reader: c, signed: signed, now: .sample)) },
      {
        let request = FetchRequest(ids: [id], dossiers: [dossier], listing: FetchRequest.Listing())
        _ = try await store.read(AnswerFetch(requester: c, request: request))
      },
      { _ = try await store.read(ReconcileItems(peer: c)) },
      {
        let place = AttachmentPlace(change: id, part: 0, position: 0)
        _ = try await store.read(AnswerAttachment(requester: c, place: place, range: range))
      },
      { _ = try await store.read(AnswerJoin(agency: c, key: signatory.key.keyID)) },
    ]
  }

  /// Loses a step of the dossier, too, lets its repair begin before that of the directory, and
  /// counts what it asks.
  func questionsAboutAnother() async throws -> Int {
    try await node.store.write(Do(.forget([second.id], first.dossier)))
    let asked = Mutex(0)
    let report = try await SelfChecking(repairs: true, dossier: first.dossier).run(
      over: node.store, now: { .sample },
      ask: { _, _ in
        asked.withLock { $0 += 1 }
        return FetchAnswer()
      })
    #expect(report.holes.map(\.id) == [second.id] && report.repaired == 0)
    return asked.withLock { $0 }
  }

  /// Checks the whole node; only the keeper can be reached.
  func check(repairs: Bool) async throws -> SelfCheckReport {
    try await SelfChecking(repairs: repairs).run(
      over: node.store, now: { .sample },
      ask: { peer, request in
        guard peer == keeper.agency.code else { throw ExchangeError(.unavailable, "\(peer)") }
        return try await keeper.store.read(
          AnswerFetch(requester: node.agency.code, request: request))
      })
  }
}

extension StoreConformance {
  /// While an entry of the directory is lost nobody is let in and nothing is written or taken; the
  /// check names the entry, a repair has it from whoever may hold it, and then all goes on.
  func checkHoledDirectory<S: Store>(_ store: S, isBehind: Bool) async throws {
    let scene = try await HoledDirectory(store, isBehind: isBehind)
    let (node, keeper) = (scene.node, scene.keeper)
    let hole = ExchangeError.hole(in: scene.directory)
    await #expect(throws: hole) { try await node.append(scene.first.dossier, [Part()]) }
    for (number, way) in try await scene.ways().enumerated() {
      await #expect(throws: hole, "\(number)") { try await way() }
    }
    #expect(try await store.read(ListWanted(peers: [scene.host.code])).isEmpty)
    let step = try await keeper.append(scene.first.dossier, [Part()])
    let served = try await keeper.store.write(
      ServeDeliveries(
        reader: node.agency.code, outbox: try await keeper.store.read(SeeNode()).outbox, after: 0,
        hash: nil, signatory: keeper.agency.signatory, now: .sample))
    let page = try #require(DeliveryPage.decode(served.bytes))
    let refused = try await store.take(
      TakeDeliveries(
        peer: keeper.agency.code, page: page, signatory: node.agency.signatory, now: .sample))
    #expect(throws: PageRefusal.hole) { try refused.get() }
    let cursor = try await store.read(CursorOf(keeper.agency.code))
    #expect(cursor == nil, "nothing is acknowledged, under whatever key it came")
    let fetched = try await store.write(
      TakeFetched(peer: keeper.agency.code, deliveries: page.deliveries, now: .sample))
    #expect(fetched.stored == 0 && fetched.held == 0)

    let found = try await scene.check(repairs: false)
    #expect(found.holes.map(\.id) == [scene.lost.id])
    #expect(try await scene.questionsAboutAnother() == 0, "the former host would hear of it")
    let repaired = try await scene.check(repairs: true)
    #expect(repaired.isConsistent && repaired.repaired == 2)
    try await node.catchUp(with: keeper)
    let next = try await node.append(scene.first.dossier, [Part()])
    #expect(next.header.links.contains(step.id))
    let open = try await store.read(
      AnswerFetch(requester: scene.host.code, request: FetchRequest(ids: [scene.first.id])))
    #expect(open.deliveries.isEmpty, "the former host is not let in")
  }
}

/// The change sets of the directory in their order.
private struct EntriesOf: StoreWork {
  let directory: DossierID

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [StoredChangeSet] {
    try transaction.graphs([directory])[directory].map { Array($0.changeSets) } ?? []
  }
}
