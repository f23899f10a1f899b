import Exchange
import Ledger
import Testing

extension StoreConformance {
  /// A directory of A and B, B before it was restored over a store in memory, and a dossier of A.
  struct Past {
    let a: SampleNode<MemoryStore>
    let b: SampleNode<MemoryStore>
    let directory: DossierID
    let dossier: DossierID

    init() async throws {
      a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
      directory = try await a.found()
      b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
      try await b.join(a, directory)
      let grant = Grant(agency: b.agency.code, ground: .admit)
      dossier = try await a.append(nil, [Part(membership: [.grant(grant)])]).dossier
      try await b.catchUp(with: a)
    }

    /// B as of now over another store: the same outbox, and nothing that B writes later.
    func restored<S: Store>(over store: S) async throws -> SampleNode<S> {
      let node = SampleNode(store, b.agency)
      try await node.initialize(directory: directory)
      let answer = try await a.store.read(
        AnswerJoin(agency: b.agency.code, key: b.agency.signatory.key.keyID))
      guard case .admitted(let deliveries) = answer else {
        throw SampleNode<S>.Refused(description: "not admitted")
      }
      _ = try await store.write(
        TakeFetched(peer: a.agency.code, deliveries: deliveries, now: .sample))
      try await node.catchUp(with: a)
      let record = try await store.read(NodeOf())
      #expect(try await b.store.read(NodeOf()).outbox == record.outbox)
      return node
    }
  }

  /// A node restored from a backup is told by its own head statement, fetches what it wrote, asks
  /// a person, and then goes on without using a sequence twice.
  func checkRestored<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let (a, before) = (past.a, past.b)
    let b = try await past.restored(over: store)
    var written: [StoredChangeSet] = []
    for _ in 0..<3 { written.append(try await before.append(past.dossier, [Part()])) }
    try await a.catchUp(with: before)
    let outbox = try await store.read(NodeOf()).outbox

    #expect(try await b.confirmed(by: a) == .ahead)
    let marked = try await store.read(NodeOf())
    #expect(marked.restored?.witness == a.agency.code)
    #expect(marked.outbox != outbox, "numbers once given are not given again for others")
    let alarm = try await store.read(ReadAlarms()).first
    #expect(alarm?.kind == .wentBack && alarm?.evidence.isEmpty == false)
    await #expect(throws: SampleNode<S>.Refused.self) { try await b.append(past.dossier, [Part()]) }

    #expect(try await b.recovered(from: a))
    let standing = try await store.read(ReadRestored(signatory: b.agency.signatory))
    #expect(standing?.returned.map(\.id).sorted() == written.map(\.id).sorted())
    #expect(standing?.held.isEmpty == true)
    // What came back may be a thief's: it does not go on by itself.
    let byItself = try await b.resuming()
    #expect(try await store.write(byItself) == false)
    try await store.write(ResumeAfterRestore(outbox: Entropy.system.outboxID()))
    #expect(try await store.read(ReadRestored(signatory: b.agency.signatory)) == nil)
    #expect(try await b.confirmed(by: a) == .agrees)
    let next = try await b.append(past.dossier, [Part()])
    #expect(next.header.sequence == 4)
    #expect(next.header.previous == written[2].id)
    // Its readers start anew and miss nothing that comes later.
    try await a.catchUp(with: b)
    let there = try await a.store.read(GraphOf(dossier: past.dossier))
    #expect(there?.chain(of: b.agency.code) == written.map(\.id) + [next.id])
    #expect(there?.forks.isEmpty == true)
  }

  /// A row of ours that somebody deleted is a hole, for the log names it.
  ///
  /// A repair fills it, and the node has not gone back in time.
  func checkDeletedOwnRows<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let a = past.a
    let b = try await past.restored(over: store)
    var written: [StoredChangeSet] = []
    for _ in 0..<4 { written.append(try await b.append(past.dossier, [Part()])) }
    try await a.catchUp(with: b)
    // The heads that are kept are equal until the other side writes.
    try await a.append(past.dossier, [Part()])
    // One that another stands upon, and the end of the chain with the one before it.
    let gone = [written[0].id, written[2].id, written[3].id]
    try await store.write(Do(.forget(gone, past.dossier)))
    let record = try await store.read(NodeOf())
    #expect(try await b.confirmed(by: a) == .agrees)
    #expect(try await store.read(NodeOf()) == record, "nothing is marked")
    let alarms = try await store.read(ReadAlarms()).filter { $0.kind == .lostRow }
    #expect(alarms.map(\.subject).sorted() == gone.map { "\($0)" }.sorted())
    let repaired = try await SelfChecking(repairs: true).run(
      over: store, now: { .sample },
      ask: { _, request in
        try await a.store.read(AnswerFetch(requester: b.agency.code, request: request))
      })
    #expect(repaired.isConsistent && repaired.repaired == gone.count)
    #expect(try await b.confirmed(by: a) == .agrees)
    #expect(try await b.append(past.dossier, [Part()]).header.sequence == 5)
  }

  /// A hole in the log hides no loss: what nothing here names was lost with a later database.
  func checkLossBesideHole<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let (a, before) = (past.a, past.b)
    let b = try await past.restored(over: store)
    let shared = try await before.append(past.dossier, [Part()])
    let lost = try await before.append(past.dossier, [Part()])
    let copies = [shared, lost].map {
      Delivery(number: 0, content: .changeSet(ReceivedChangeSet($0, parts: $0.parts)))
    }
    // No number of the outbox tells of either.
    _ = try await a.store.write(
      TakeFetched(peer: b.agency.code, deliveries: copies, now: .sample))
    _ = try await store.write(
      TakeFetched(peer: a.agency.code, deliveries: [copies[0]], now: .sample))
    try await store.write(Do(.forget([shared.id], past.dossier)))
    #expect(try await b.confirmed(by: a) == .ahead)
    #expect(try await store.read(NodeOf()).restored?.witness == a.agency.code)
  }

  /// Nothing was lost that anybody has seen: the node goes on by itself.
  func checkResumedByItself<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let b = try await past.restored(over: store)
    let marking = [Entropy.system.outboxID(), Entropy.system.outboxID()].map {
      MarkRestored(witness: b.agency.code, subject: "marker", outbox: $0, now: .sample)
    }
    try await store.write(marking[0])
    let first = try await store.read(NodeOf())
    // A second loss on the way back: the numbers given on it are lost, too.
    try await store.write(marking[1])
    let second = try await store.read(NodeOf())
    #expect(second.outbox != first.outbox && second.restored?.outbox == first.outbox)
    #expect(try await b.recovered(from: past.a))
    let byItself = try await b.resuming()
    #expect(try await store.write(byItself))
    #expect(try await b.append(past.dossier, [Part()]).header.sequence == 1)
  }

  /// A change set of ours that a peer only holds proves the loss too, and keeps us from writing
  /// until it is whole.
  func checkHeldOwn<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let (a, before) = (past.a, past.b)
    try await a.catchUp(with: before)
    let b = try await past.restored(over: store)
    let lost = try await before.append(past.dossier, [Part()])
    let last = try await before.append(past.dossier, [Part()])
    let copy = ReceivedChangeSet(
      headerBytes: last.headerBytes, proof: last.proof, parts: last.parts)
    _ = try await a.store.write(
      TakeFetched(
        peer: b.agency.code, deliveries: [Delivery(number: 0, content: .changeSet(copy))],
        now: .sample))
    #expect(try await a.store.read(GraphOf(dossier: past.dossier))?.contains(last.id) == false)

    #expect(try await b.confirmed(by: a) == .ahead)
    #expect(try await b.recovered(from: a))
    let standing = try await store.read(ReadRestored(signatory: b.agency.signatory))
    #expect(standing?.held.map(\.id) == [last.id])
    let byItself = try await b.resuming()
    #expect(try await store.write(byItself) == false)
    // The ancestor turns up at last.
    let found = ReceivedChangeSet(
      headerBytes: lost.headerBytes, proof: lost.proof, parts: lost.parts)
    _ = try await store.write(
      TakeFetched(
        peer: a.agency.code, deliveries: [Delivery(number: 0, content: .changeSet(found))],
        now: .sample))
    let whole = try await store.read(ReadRestored(signatory: b.agency.signatory))
    #expect(whole?.held.isEmpty == true)
    #expect(whole?.returned.count == 2)
  }

  /// A lying peer raises alarms and stops nobody from writing.
  func checkClaims<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let a = past.a
    let b = try await past.restored(over: store)
    try await b.append(past.dossier, [Part()])
    try await a.catchUp(with: b)
    let record = try await store.read(NodeOf())
    let served = try await store.write(
      ServeDeliveries(
        reader: a.agency.code, outbox: record.outbox, after: .max, hash: nil,
        signatory: b.agency.signatory, now: .sample))
    #expect(served.isDoubted && served.count == 0)
    let receipt = Receipt(
      signer: a.agency.code, key: a.agency.signatory.key.keyID, destination: b.agency.code,
      outbox: record.outbox, number: 1 << 40, runningHash: .sha256([1]), storedAt: .sample,
      untaken: [])
    let signed = SignedObject(signing: receipt, with: a.agency.signatory.key)
    let taken = try await store.write(
      TakeReceipt(reader: a.agency.code, signed: signed, now: .sample))
    #expect(taken == .wentBack)

    // A head statement under the liar's key, change sets nobody has, and one in our name that the
    // liar sealed itself.
    let forged = try await forgery(of: b, by: a, in: past.dossier)
    let statement = HeadStatement(
      signer: b.agency.code, key: a.agency.signatory.key.keyID, reader: a.agency.code,
      outbox: record.outbox, number: 1 << 40, runningHash: .sha256([2]), directory: nil,
      page: .sha256([]))
    var lie = FetchAnswer()
    lie.position = ReaderPosition(
      outbox: record.outbox, number: 1 << 40, runningHash: .sha256([2]),
      held: [ChangeSetID(.sha256([3])), forged.id].sorted(),
      head: SignedObject(signing: statement, with: a.agency.signatory.key))
    let answer = lie
    var evidence = FetchAnswer()
    evidence.deliveries = [Delivery(number: 0, content: .changeSet(forged))]
    let copies = evidence
    let comparison = try await Confirming(
      peer: a.agency.code, signatory: b.agency.signatory
    ).run(over: store, now: { .sample }) { question in
      guard case .fetch(let bytes) = question, let asked = FetchRequest.decode(bytes) else {
        return try await a.answered(question, from: b.agency.code)
      }
      if asked.asksPosition { return answer.encoded() }
      return asked.ids.isEmpty
        ? try await a.answered(question, from: b.agency.code) : copies.encoded()
    }
    #expect(comparison == .unproven)
    #expect(try await store.read(NodeOf()) == record, "nothing is marked")
    let alarms = try await store.read(ReadAlarms())
    #expect(alarms.contains { $0.kind == .wentBack && $0.peer == a.agency.code })
    #expect(try await b.append(past.dossier, [Part()]).header.sequence == 2)
  }

  /// A peer that has heard of numbers and taken none of their lines proves the loss, too: the page
  /// that carried them was lost on the way, and the next said how far the outbox had come.
  func checkHeadBeyond<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let (a, before) = (past.a, past.b)
    let b = try await past.restored(over: store)
    for _ in 0..<2 { try await before.append(past.dossier, [Part()]) }
    let outbox = try await before.store.read(NodeOf()).outbox
    let lost = try await before.store.write(
      ServeDeliveries(
        reader: a.agency.code, outbox: outbox, after: 0, hash: nil,
        signatory: before.agency.signatory, now: .sample))
    #expect(lost.count == 2)
    let next = try await before.store.write(
      ServeDeliveries(
        reader: a.agency.code, outbox: nil, after: 0, hash: nil,
        signatory: before.agency.signatory, now: .sample))
    let page = try #require(DeliveryPage.decode(next.bytes))
    let taken = try await a.store.take(
      TakeDeliveries(
        peer: b.agency.code, page: page, signatory: a.agency.signatory, now: .sample)
    ).get()
    #expect(taken.cursor.number == 0 && taken.cursor.announced == 2)

    #expect(try await b.confirmed(by: a) == .ahead)
    #expect(try await store.read(NodeOf()).restored?.witness == a.agency.code)
    await #expect(throws: SampleNode<S>.Refused.self) { try await b.append(past.dossier, [Part()]) }
  }

  /// Who stole a replaced key proves nothing with it.
  func checkReplacedKey<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let a = past.a
    var b = try await past.restored(over: store)
    let old = b.agency
    b.agency = SampleAgency("B", generation: 1)
    try await a.carry(
      .key(agency: old.code, key: b.agency.signatory.key.publicKey), in: past.directory)
    let graph = try await store.read(GraphOf(dossier: past.dossier))
    let stolen = try await forgery(of: b, sealedBy: old.signatory, on: graph)
    try await b.catchUp(with: a)
    _ = try await a.store.write(
      TakeFetched(
        peer: a.agency.code, deliveries: [Delivery(number: 0, content: .changeSet(stolen))],
        now: .sample))
    #expect(try await b.confirmed(by: a) == .agrees)
    #expect(try await store.read(NodeOf()).restored == nil)
  }

  /// What came back under a key in force is found however much came under one replaced since.
  func checkReturnedByKey<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let a = past.a
    let node = SampleNode(store, SampleAgency("C"))
    try await node.join(a, past.directory)
    var b = past.b
    try await b.catchUp(with: a)
    let grant = Grant(agency: node.agency.code, ground: .admit)
    let old = try await b.append(nil, [Part(membership: [.grant(grant)])])
    let before = b.agency.signatory.key.keyID
    b.agency = SampleAgency("B", generation: 1)
    try await a.carry(
      .key(agency: b.agency.code, key: b.agency.signatory.key.publicKey), in: past.directory)
    for each in [a, b] { try await each.catchUp(with: each.agency.code == a.agency.code ? b : a) }
    let new = try await b.append(old.dossier, [Part()])
    try await node.catchUp(with: a)
    try await node.catchUp(with: b)
    for (keys, expected) in [
      ([before], [old.id]), ([b.agency.signatory.key.keyID], [new.id]), ([], []),
      (nil, [old.id, new.id].sorted()),
    ] as [([KeyID]?, [ChangeSetID])] {
      let found = try await store.read(ReceivedUnder(author: b.agency.code, keys: keys, limit: 2))
      #expect(found == expected)
    }
    let first = try await store.read(
      ReceivedUnder(author: b.agency.code, keys: [b.agency.signatory.key.keyID], limit: 1))
    #expect(first == [new.id])
  }

  /// A held copy in somebody's name is given back to that agency only, and only under its own seal.
  func checkHeldAnswers<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let a = SampleNode(store, SampleAgency("C"))
    try await a.join(past.a, past.directory)
    let before = past.b
    try await before.catchUp(with: past.a)
    try await a.catchUp(with: before)
    let own = try await before.append(nil, [Part()])
    let next = try await before.append(own.dossier, [Part()])
    let copy = ReceivedChangeSet(
      headerBytes: next.headerBytes, proof: next.proof, parts: next.parts)
    let forged = try await forgery(of: before, by: past.a, in: past.dossier)
    _ = try await store.write(
      TakeFetched(
        peer: past.a.agency.code,
        deliveries: [copy, forged].map { Delivery(number: 0, content: .changeSet($0)) },
        now: .sample))
    let request = FetchRequest(ids: [next.id, forged.id], asksPosition: true)
    let told = try await store.read(
      AnswerFetch(requester: before.agency.code, request: request))
    #expect(told.position?.held == [next.id, forged.id].sorted())
    #expect(told.position?.head != nil)
    #expect(told.deliveries.count == 1, "what it only seems to have written is not given")
    let stranger = try await store.read(
      AnswerFetch(requester: past.a.agency.code, request: request))
    #expect(stranger.deliveries.isEmpty)
    #expect(stranger.position?.held.isEmpty != false)
  }

  /// A peer that names an entry of the directory that is not here is asked for it.
  func checkNamedEntries<S: Store>(_ store: S) async throws {
    let past = try await Past()
    let c = SampleNode(store, SampleAgency("C"))
    try await c.join(past.a, past.directory)
    try await past.b.catchUp(with: past.a)
    let d = SampleAgency("D")
    try await past.a.carry(
      .admission(entry: d.entry, key: d.signatory.key.publicKey, particulars: nil),
      in: past.directory)
    try await past.b.catchUp(with: past.a)
    try await c.pull(from: past.b)
    var rounds = 0
    let list = ListWanted(peers: [past.b.agency.code])
    while let question = try await store.read(list).first, rounds < 10 {
      rounds += 1
      let answer = try await past.b.store.read(
        AnswerFetch(requester: c.agency.code, request: question.request))
      _ = try await store.write(
        TakeFetched(
          peer: question.peer, deliveries: answer.deliveries, now: .sample))
    }
    #expect(rounds > 0)
    let newest = try await past.a.store.read(DirectoryAsOfNow())?.newest
    #expect(newest != nil)
    #expect(try await store.read(DirectoryAsOfNow())?.newest == newest)
  }

  /// A change set in an agency's name, sealed with somebody else's key.
  private func forgery<S: Store>(
    of victim: SampleNode<S>, by forger: SampleNode<MemoryStore>, in dossier: DossierID
  ) async throws -> ReceivedChangeSet {
    try await forgery(
      of: victim, sealedBy: forger.agency.signatory,
      on: forger.store.read(GraphOf(dossier: dossier)))
  }

  private func forgery<S: Store>(
    of victim: SampleNode<S>, sealedBy signatory: Signatory, on graph: DossierGraph?
  ) async throws -> ReceivedChangeSet {
    let entry = try await victim.store.read(DirectoryAsOfNow())?.newest
    let key =
      signatory.agency == victim.agency.code ? signatory.key : victim.agency.signatory.key
    let part = SaltedPart(
      salt: victim.entropy.bytes(SaltedPart.saltByteCount), content: Part().encoded())
    let header = try #require(
      graph?.nextHeader(
        author: victim.agency.code, key: key.keyID, directory: entry, authoredAt: .sample,
        parts: [part.hash]))
    let bytes = header.encoded()
    let leaf = (id: ChangeSetHeader.id(of: bytes), blind: victim.entropy.bytes(32))
    let proof = try #require(
      SealTree([leaf])?.sealed(by: victim.agency.code, with: signatory.key, at: .sample).first)
    return ReceivedChangeSet(headerBytes: bytes, proof: proof, parts: [0: part])
  }
}

extension SampleNode {
  /// Compares with a peer as after a start.
  fileprivate func confirmed<O: Store>(
    by peer: SampleNode<O>
  ) async throws -> SealingGate.Comparison {
    try await Confirming(peer: peer.agency.code, signatory: agency.signatory).run(
      over: store, now: { .sample },
      ask: { question in try await peer.answered(question, from: agency.code) })
  }

  /// Going on by itself, as far as it is known now who showed what.
  fileprivate func resuming() async throws -> ResumeWhenWhole {
    let state = try #require(try await store.read(NodeOf()).restored)
    return ResumeWhenWhole(
      signatory: agency.signatory, state: state, outbox: Entropy.system.outboxID())
  }

  /// Fetches from a peer what this node once wrote.
  fileprivate func recovered<O: Store>(from peer: SampleNode<O>) async throws -> Bool {
    try await Recovering(peer: peer.agency.code).run(
      over: store, now: { .sample },
      ask: { question in try await peer.answered(question, from: agency.code) }
    ).isWhole
  }
}

/// The record about the node.
private struct NodeOf: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> NodeRecord {
    try transaction.node()
  }
}

/// What came of an author under some keys.
private struct ReceivedUnder: StoreWork {
  let author: AgencyCode
  let keys: [KeyID]?
  let limit: Int

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [ChangeSetID] {
    try transaction.received(writtenBy: [author], under: keys, since: .sample, limit: limit)
  }
}

/// The graph of one dossier.
private struct GraphOf: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> DossierGraph? {
    try transaction.graphs([dossier])[dossier]
  }
}

/// The directory as it stands.
private struct DirectoryAsOfNow: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Directory? {
    try transaction.directory()
  }
}
