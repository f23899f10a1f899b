import Exchange
import Ledger
import Postgres
import Replica
import Synchronization
import TestSupport
import Testing

/// What becomes of deliveries, both ways, while the log of a dossier has a hole.
@Suite(.database, .timeLimit(.minutes(5)))
struct HoledOutboxTests {
  /// What is left of a dossier's chain, by how it was lost.
  enum Loss: CaseIterable {
    /// Its last change set is gone; nobody but the dossier's row names it.
    case end
    /// A change set before the last is gone.
    case middle
    /// A byte of a part is another.
    case part
  }

  @Test(arguments: Loss.allCases)
  func `a hole keeps nothing else from a reader, and what it kept comes with its repair`(
    _ loss: Loss
  ) async throws {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    let directory = try await node.found()
    let (keeper, reader) = (Self.memory("B"), Self.memory("C"))
    for other in [keeper, reader] { try await other.join(node, directory) }
    let grants = [keeper, reader].map {
      MembershipStatement.grant(Grant(agency: $0.agency.code, ground: .admit))
    }
    let holed = try await node.append(nil, [Part(membership: grants)])
    let whole = try await node.append(nil, [Part(membership: grants)])
    let second = try await node.append(holed.dossier, [Part()])
    if loss == .middle { try await node.append(holed.dossier, [Part()]) }
    try await keeper.catchUp(with: node)
    try await Self.damage(second.id, loss)
    // The reader has asked for nothing yet: it gets everything but what has a hole.
    for _ in 0..<3 { try await reader.pull(from: node) }
    #expect(try await Self.count(of: whole.dossier, at: reader) == 1)
    let all = loss == .middle ? 3 : 2
    #expect(try await Self.count(of: holed.dossier, at: reader) < all)
    let told = Mutex<[AgencyCode]>([])
    let repaired = try await SelfChecking(
      repairs: true, settled: { taken in told.withLock { $0 += taken.readers } }
    ).run(
      over: node.store, now: { .sample },
      ask: { _, request in
        try await keeper.store.read(AnswerFetch(requester: node.agency.code, request: request))
      })
    #expect(repaired.isConsistent && repaired.repaired == 1)
    #expect(told.withLock { $0 }.contains(reader.agency.code), "who waits is told at once")
    try await reader.catchUp(with: node)
    #expect(try await Self.count(of: holed.dossier, at: reader) == all)
    await node.store.close()
  }

  @Test(arguments: Loss.allCases)
  func `a hole keeps no other dossier from being folded after an upgrade`(
    _ loss: Loss
  ) async throws {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    let directory = try await node.found()
    let holed = try await node.append(nil, [Part()])
    let whole = try await node.append(nil, [Part()])
    let lost = try await node.append(holed.dossier, [Part()])
    if loss == .middle { try await node.append(holed.dossier, [Part()]) }
    try await Self.damage(lost.id, loss)
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      "UPDATE ledger.dossier SET needs_upgrade = true WHERE id <> \(directory)")
    await admin.close()
    // What the node has in memory may be whole still; after a start there are only the rows.
    let restarted = PostgresStore(try TestDatabase.configuration)
    let folded = try await restarted.write(FoldAgain())
    #expect(folded == FoldAgain.Folded(mended: 1, next: nil))
    let waiting = try await restarted.read(Outdated())
    #expect(waiting == [holed.dossier] && !waiting.contains(whole.dossier))
    await restarted.close()
    await node.store.close()
  }

  @Test(arguments: Loss.allCases)
  func `while the directory has a hole nothing is folded, and its repair lets it be`(
    _ loss: Loss
  ) async throws {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    let directory = try await node.found()
    let keeper = Self.memory("B")
    try await keeper.join(node, directory)
    let whole = try await node.append(nil, [Part()])
    let lost = SampleAgency("C")
    try await node.carry(
      .admission(entry: lost.entry, key: lost.signatory.key.publicKey, particulars: nil),
      in: directory)
    let entry = try #require(
      try await node.store.read { try $0.directory()?.newest })
    if loss == .middle {
      try await node.carry(
        .admission(entry: lost.entry, key: lost.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
    try await keeper.catchUp(with: node)
    try await Self.damage(entry, loss)
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      "UPDATE ledger.dossier SET needs_upgrade = true WHERE id = \(whole.dossier)")
    await admin.close()
    // What the node has in memory may be whole still; another has nothing but the rows.
    let other = PostgresStore(try TestDatabase.configuration)
    #expect(try await other.write(FoldAgain()) == FoldAgain.Folded(mended: 0, next: nil))
    #expect(try await other.read(Outdated()) == [whole.dossier])
    let repaired = try await SelfChecking(repairs: true).run(
      over: other, now: { .sample },
      ask: { _, request in
        try await keeper.store.read(AnswerFetch(requester: node.agency.code, request: request))
      })
    #expect(repaired.holes.isEmpty && repaired.repaired > 0)
    _ = try await other.write(FoldAgain())
    #expect(try await other.read(Outdated()).isEmpty)
    await other.close()
    await node.store.close()
  }

  @Test(arguments: Loss.allCases)
  func `a hole keeps no other dossier from being re-affirmed, and its own waits for the repair`(
    _ loss: Loss
  ) async throws {
    var node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    let directory = try await node.found()
    let holed = try await node.append(nil, [Part()])
    let whole = try await node.append(nil, [Part()])
    let lost = try await node.append(holed.dossier, [Part()])
    if loss == .middle { try await node.append(holed.dossier, [Part()]) }
    let next = SampleAgency("A", generation: 1)
    try await node.carry(
      .key(agency: next.code, key: next.signatory.key.publicKey), in: directory)
    node.agency = next
    try await Self.damage(lost.id, loss)
    let restarted = PostgresStore(try TestDatabase.configuration)
    let page = try await restarted.write(
      Reaffirm(author: next.signatory, after: nil, now: .sample, gate: .open)
    ).get()
    #expect(page.changeSets.map(\.dossier) == [whole.dossier])
    #expect(!page.isWhole, "what has a hole is not done yet")
    await restarted.close()
    await node.store.close()
  }

  /// How somebody was put out.
  enum Closing: CaseIterable {
    /// C is excluded; U, which works on its node, is a member still.
    case exclude
    /// The membership of C is ended.
    case end
  }

  @Test(arguments: Closing.allCases, [Loss.end, .part])
  func `security T11 a lost exclude or end lets nobody in again`(
    _ closing: Closing, _ loss: Loss
  ) async throws {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    let directory = try await node.found()
    let keeper = Self.memory("B")
    try await keeper.join(node, directory)
    let (out, hosted) = (SampleAgency("C"), SampleAgency("U", hostedBy: "C"))
    for agency in [out, hosted] {
      try await node.carry(
        .admission(entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
    let members = [keeper.agency, closing == .exclude ? hosted : out]
    let grants = members.map {
      MembershipStatement.grant(Grant(agency: $0.code, ground: .admit))
    }
    let first = try await node.append(nil, [Part(membership: grants)])
    let statement: MembershipStatement =
      closing == .exclude
      ? .exclude(agency: out.code, reason: "") : .end(agency: out.code, reason: "")
    let last = try await node.append(first.dossier, [Part(membership: [statement])])
    try await keeper.catchUp(with: node)
    try await Self.damage(last.id, loss)
    let request = FetchRequest(ids: [first.id, last.id], dossiers: [first.dossier])
    // What the node has in memory may be whole still; another has nothing but the rows.
    let other = PostgresStore(try TestDatabase.configuration)
    for store in [node.store, other] {
      let answer = try await store.read(AnswerFetch(requester: out.code, request: request))
      #expect(answer.chains.isEmpty)
      if closing == .exclude { #expect(answer.deliveries.isEmpty) }
    }
    let told = try await other.read(AnswerFetch(requester: out.code, request: request))
    #expect(told.deliveries.isEmpty, "not even what it had before the end, which is lost")
    let left = try await other.read(
      AnswerFetch(requester: keeper.agency.code, request: request))
    #expect(left.deliveries.count == 1 && left.chains.map(\.dossier) == [first.dossier])
    let repaired = try await SelfChecking(repairs: true).run(
      over: node.store, now: { .sample },
      ask: { _, request in
        try await keeper.store.read(AnswerFetch(requester: node.agency.code, request: request))
      })
    #expect(repaired.isConsistent && repaired.repaired == 1)
    for store in [node.store, other] {
      let answer = try await store.read(AnswerFetch(requester: out.code, request: request))
      #expect(answer.chains.isEmpty && answer.deliveries.count == (closing == .end ? 2 : 0))
    }
    await other.close()
    await node.store.close()
  }

  @Test func `a hole stops no page of a peer, and with its repair the peer is compared with`()
    async throws
  {
    let peer = Self.memory("A")
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("B"))
    try await node.join(peer, try await peer.found())
    let grant = Part(membership: [.grant(Grant(agency: node.agency.code, ground: .admit))])
    let holed = try await peer.append(nil, [grant])
    let second = try await peer.append(holed.dossier, [Part()])
    let whole = try await peer.append(nil, [grant])
    try await node.catchUp(with: peer)
    try await Self.damage(second.id, .end)
    let third = try await peer.append(holed.dossier, [Part()])
    let other = try await peer.append(whole.dossier, [Part()])
    let taken = try await node.pull(from: peer)
    #expect(taken.stored == 1 && taken.held == 0 && taken.cursor.untaken.count == 1)
    let stored = try await node.store.read { try $0.locate([third.id, other.id]) }
    #expect(stored == [other.id: whole.dossier])
    let alarms = try await node.store.read(ReadAlarms())
    #expect(alarms.map(\.kind) == [.unstorable] && alarms.first?.subject == "\(third.id)")
    // What comes by itself, for a question that was asked before, is not lost for it either.
    let fourth = try await peer.append(whole.dossier, [Part()])
    let answer = try await peer.store.read(
      AnswerFetch(
        requester: node.agency.code, request: FetchRequest(ids: [third.id, fourth.id])))
    #expect(answer.deliveries.count == 2)
    let fetched = try await node.store.write(
      TakeFetched(peer: peer.agency.code, deliveries: answer.deliveries, now: .sample))
    #expect(fetched.stored == 1)
    let comparing = Mutex<Set<AgencyCode>>([])
    let repaired = try await SelfChecking(
      repairs: true, settled: { taken in comparing.withLock { $0.formUnion(taken.comparing) } }
    ).run(
      over: node.store, now: { .sample },
      ask: { _, request in
        try await peer.store.read(AnswerFetch(requester: node.agency.code, request: request))
      })
    #expect(repaired.isConsistent && repaired.repaired == 1)
    #expect(comparing.withLock { $0 } == [peer.agency.code])
    let compared = try await Reconciliation(
      peer: peer.agency.code, mode: .repair(changesMax: nil)
    ).run(
      over: node.store, now: { .sample }, pause: { _ in },
      ask: { try await peer.answered($0, from: node.agency.code) })
    #expect(compared.isConsistent && compared.repaired == 1)
    #expect(try await node.pull(from: peer).cursor.untaken.isEmpty, "it has come since")
    await node.store.close()
  }

  @Test func `what a hole hid, though it was here, is named no longer when the hole is filled`()
    async throws
  {
    let peer = Self.memory("A")
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("B"))
    try await node.join(peer, try await peer.found())
    let grant = Part(membership: [.grant(Grant(agency: node.agency.code, ground: .admit))])
    let first = try await peer.append(nil, [grant])
    let second = try await peer.append(first.dossier, [Part()])
    try await node.catchUp(with: peer)
    try await Self.damage(second.id, .end)
    let wanted = QueueWanted(reader: node.agency.code, wants: [first.id])
    #expect(try await peer.store.write(wanted) == 1)
    let taken = try await node.pull(from: peer)
    #expect(taken.cursor.untaken.map(\.change) == [first.id])
    let repaired = try await SelfChecking(repairs: true).run(
      over: node.store, now: { .sample },
      ask: { _, request in
        try await peer.store.read(AnswerFetch(requester: node.agency.code, request: request))
      })
    #expect(repaired.isConsistent && repaired.repaired == 1)
    #expect(try await node.pull(from: peer).cursor.untaken.isEmpty)
    await node.store.close()
  }

  @Test func `a rehearsal, and a check that finds nothing, tell nobody`() async throws {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    let directory = try await node.found()
    let keeper = Self.memory("B")
    try await keeper.join(node, directory)
    let grant = Part(membership: [.grant(Grant(agency: keeper.agency.code, ground: .admit))])
    let first = try await node.append(nil, [grant])
    let second = try await node.append(first.dossier, [Part()])
    try await keeper.catchUp(with: node)
    for isDamaged in [false, true] {
      if isDamaged { try await Self.damage(second.id, .end) }
      let told = Mutex(0)
      let report = try await SelfChecking(
        repairs: true, isRehearsal: isDamaged, settled: { _ in told.withLock { $0 += 1 } }
      ).run(
        over: node.store, now: { .sample },
        ask: { _, request in
          try await keeper.store.read(AnswerFetch(requester: node.agency.code, request: request))
        })
      #expect(report.repaired == (isDamaged ? 1 : 0))
      #expect(told.withLock { $0 } == 0)
    }
    await node.store.close()
  }

  private static func memory(_ label: String) -> SampleNode<MemoryStore> {
    SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency(label))
  }

  private static func damage(_ id: ChangeSetID, _ loss: Loss) async throws {
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement("SET session_replication_role = replica")
    if loss == .part {
      try await admin.statement(
        "UPDATE ledger.part SET content = content || '\\x00'::bytea WHERE change_set = \(id)")
    } else {
      try await admin.statement("DELETE FROM ledger.part WHERE change_set = \(id)")
      try await admin.statement("DELETE FROM ledger.change_set WHERE id = \(id)")
    }
    await admin.close()
  }

  /// How many change sets of a dossier stand at a node.
  private static func count(
    of dossier: DossierID, at node: SampleNode<MemoryStore>
  ) async throws -> Int {
    try await node.store.read(SelfCheck(only: dossier)).report.changeSetsChecked
  }
}

/// The dossiers that wait for an upgrade.
private struct Outdated: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [DossierID] {
    try transaction.outdated(after: nil, limit: 10)
  }
}
