import Exchange
import Ledger
import Postgres
import Replica
import Synchronization
import TestSupport
import Testing

/// What a superuser does to a node that has a peer: named exactly, and repaired from the peer.
@Suite(.database, .timeLimit(.minutes(5)))
struct DamageTests {
  /// A node in PostgreSQL that has `count` dossiers of a peer, each of two change sets.
  private struct World {
    let peer: SampleNode<MemoryStore>
    let node: SampleNode<PostgresStore>
    let admin: Connection
    let second: [StoredChangeSet]
    let directory: DossierID

    init(dossiers count: Int) async throws {
      peer = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
      directory = try await peer.found()
      node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("B"))
      try await node.join(peer, directory)
      let open = Part(membership: [.grant(Grant(agency: node.agency.code, ground: .admit))])
      var second: [StoredChangeSet] = []
      for _ in 0..<count {
        let first = try await peer.append(nil, [open])
        second.append(try await peer.append(first.dossier, [Part()]))
      }
      self.second = second
      try await node.catchUp(with: peer)
      admin = Connection(try TestDatabase.configuration)
      try await admin.statement("SET session_replication_role = replica")
    }

    func check(
      repairs: Bool = false, isRehearsal: Bool = false, plan: SelfCheckPlan? = nil,
      changesMax: Int? = nil
    ) async throws -> SelfCheckReport {
      var checking = SelfChecking(repairs: repairs, isRehearsal: isRehearsal, plan: plan)
      checking.changesMax = changesMax
      return try await checking.run(
        over: node.store, now: { .sample },
        ask: { _, request in
          try await peer.store.read(AnswerFetch(requester: node.agency.code, request: request))
        })
    }

    func lose(_ changeSet: StoredChangeSet) async throws { try await lose(changeSet.id) }

    func lose(_ id: ChangeSetID) async throws {
      try await admin.statement("DELETE FROM ledger.part WHERE change_set = \(id)")
      try await admin.statement("DELETE FROM ledger.change_set WHERE id = \(id)")
    }

    func close() async {
      await admin.close()
      await node.store.close()
    }
  }

  @Test func `scenario S9 one edit, ten deletions and five insertions are exactly what is named`()
    async throws
  {
    let world = try await World(dossiers: 12)
    let (admin, second) = (world.admin, world.second)
    #expect(try await world.check().isConsistent)
    try await admin.statement(
      "UPDATE casework.dossier SET forked = NOT forked WHERE dossier = \(second[11].dossier)")
    for changeSet in second[..<5] { try await world.lose(changeSet) }
    var expected = Set(second[..<5].map { "hole \($0.id)" })
    expected.insert("changed casework.dossier \(second[11].dossier)")
    for changeSet in second[5..<10] {
      try await admin.statement(
        """
        DELETE FROM casework.member
        WHERE dossier = \(changeSet.dossier) AND agency = '990000-B'
        """)
      expected.insert("missing casework.member \(changeSet.dossier)/990000-B")
    }
    for agency in ["990000-U", "990000-V", "990000-W"] {
      try await admin.statement(
        """
        INSERT INTO casework.member (dossier, agency, state)
        VALUES (\(second[10].dossier), \(agency), 'member')
        """)
      expected.insert("extra casework.member \(second[10].dossier)/\(agency)")
    }
    for agency in ["990000-X", "990000-Y"] {
      try await admin.statement(
        """
        INSERT INTO ledger.chain (dossier, author, sequence, head)
        VALUES (\(second[10].dossier), \(agency), 1, \(second[10].id))
        """)
      expected.insert("extra ledger.chain \(second[10].dossier)/\(agency)")
    }
    let found = try await world.check()
    #expect(Self.names(found) == expected)
    #expect(found.found == 16)
    let rehearsed = try await world.check(repairs: true, isRehearsal: true)
    #expect(rehearsed.repaired == 16 && rehearsed.found == 16)
    #expect(Self.names(try await world.check()) == expected, "a rehearsal changes nothing")
    let repaired = try await world.check(repairs: true)
    #expect(repaired.isConsistent && repaired.repaired == 16)
    #expect(try await world.check().isConsistent)
    await world.close()
  }

  @Test func `security T11 a hole is asked for at members' nodes alone, as far as one can tell`()
    async throws
  {
    let world = try await World(dossiers: 2)
    let stranger = SampleAgency("C")
    try await world.peer.carry(
      .admission(
        entry: stranger.entry, key: stranger.signatory.key.publicKey, particulars: nil),
      in: world.directory)
    let (told, untold) = (world.second[0], world.second[1])
    try await world.peer.append(told.dossier, [Part()])
    try await world.node.catchUp(with: world.peer)
    // The members of both stand in the log alone, and of the second not even there.
    for dossier in [told.dossier, untold.dossier] {
      try await world.admin.statement("DELETE FROM ledger.dossier WHERE id = \(dossier)")
    }
    try await world.lose(told.id)
    try await world.lose(untold.dossier.first)
    let asked = Mutex<[AgencyCode: Set<ChangeSetID>]>([:])
    let report = try await SelfChecking(repairs: true).run(
      over: world.node.store, now: { .sample },
      ask: { peer, request in
        asked.withLock { $0[peer, default: []].formUnion(request.ids) }
        return try await world.peer.store.read(
          AnswerFetch(requester: world.node.agency.code, request: request))
      })
    #expect(asked.withLock { $0 } == [world.peer.agency.code: [told.id]])
    #expect(report.holes.map(\.id) == [untold.dossier.first])
    await world.close()
  }

  @Test func `what a hole hides is counted, named once it is filled, and held to the limit`()
    async throws
  {
    let world = try await World(dossiers: 2)
    let victim = world.second[0]
    try await world.admin.statement(
      """
      UPDATE casework.member SET state = 'excluded' WHERE dossier = \(victim.dossier)
      """)
    let forged = try await world.check()
    #expect(forged.holes.isEmpty && forged.found > 0 && forged.dossiersUncompared == 0)
    try await world.lose(victim)
    let hidden = try await world.check()
    #expect(hidden.holes.map(\.id) == [victim.id])
    #expect(hidden.differing.isEmpty && hidden.dossiersUncompared == 1)
    // The hole is one change, and the rows behind it are too many.
    let limited = try await world.check(repairs: true, changesMax: 1)
    #expect(limited.repaired == 1 && limited.holes.isEmpty)
    #expect(limited.differing == forged.differing && limited.dossiersUncompared == 0)
    #expect(try await world.check().differing == forged.differing, "they were left alone")
    try await world.lose(victim)
    let repaired = try await world.check(repairs: true, changesMax: 1 + forged.found)
    #expect(repaired.isConsistent && repaired.repaired == 1 + forged.found)
    #expect(try await world.check().isConsistent)
    await world.close()
  }

  @Test func `what lacks behind a hole is filled with it, and held to the limit`() async throws {
    let world = try await World(dossiers: 1)
    let dossier = world.second[0].dossier
    var chain = world.second
    for _ in 0..<9 { chain.append(try await world.peer.append(dossier, [Part()])) }
    try await world.node.catchUp(with: world.peer)
    for changeSet in chain.dropLast() { try await world.lose(changeSet) }
    // The last is here and names the one before; what that one names nobody here knows.
    #expect(try await world.check().holes.map(\.id) == [chain[8].id])
    let limited = try await world.check(repairs: true, changesMax: 8)
    #expect(limited.repaired == 0 && limited.holes.map(\.id) == [chain[8].id])
    #expect(try await world.check(repairs: true, isRehearsal: true).repaired == 9)
    let repaired = try await world.check(repairs: true, changesMax: 9)
    #expect(repaired.isConsistent && repaired.repaired == 9)
    // The end of the chain as well, which only the dossier's row still names.
    for changeSet in chain.suffix(3) { try await world.lose(changeSet) }
    #expect(try await world.check().holes.map(\.id) == [chain[9].id])
    let ended = try await world.check(repairs: true)
    #expect(ended.isConsistent && ended.repaired == 3)
    await world.close()
  }

  @Test func `a hole that nobody fills is named again, whatever else was repaired`() async throws {
    let world = try await World(dossiers: 1)
    let middle = world.second[0]
    _ = try await world.peer.append(middle.dossier, [Part()])
    let last = try await world.peer.append(middle.dossier, [Part()])
    try await world.node.catchUp(with: world.peer)
    for changeSet in [middle, last] { try await world.lose(changeSet) }
    let partly = try await SelfChecking(repairs: true).run(
      over: world.node.store, now: { .sample },
      ask: { _, request in
        var answer = try await world.peer.store.read(
          AnswerFetch(requester: world.node.agency.code, request: request))
        answer.deliveries.removeAll { delivery in
          if case .changeSet(let copy) = delivery.content { copy.id == last.id } else { false }
        }
        return answer
      })
    #expect(partly.repaired == 1 && partly.holes.map(\.id) == [last.id])
    #expect(try await world.check().holes.map(\.id) == [last.id])
    #expect(try await world.check(repairs: true).isConsistent)
    await world.close()
  }

  @Test func `a row that is broken is not given up for a copy that is broken, too`() async throws {
    let world = try await World(dossiers: 1)
    let victim = world.second[0]
    try await world.admin.statement(
      "UPDATE ledger.change_set SET proof = substr(proof, 2) WHERE id = \(victim.id)")
    let left = try await SelfChecking(repairs: true).run(
      over: world.node.store, now: { .sample },
      ask: { _, _ in
        var answer = FetchAnswer()
        let copy = ReceivedChangeSet(
          headerBytes: victim.headerBytes, proof: nil, parts: victim.parts)
        answer.deliveries = [Delivery(number: 0, content: .changeSet(copy))]
        return answer
      })
    #expect(left.repaired == 0 && left.holes.map(\.id) == [victim.id])
    let rows = try await world.admin.statement(
      "SELECT count(*) FROM ledger.part WHERE change_set = \(victim.id)")
    #expect(try rows.first?.value(0, as: Int.self) == victim.parts.count)
    #expect(try await world.check(repairs: true).isConsistent)
    await world.close()
  }

  @Test func `a plan repairs what it names and leaves alone what has changed since`()
    async throws
  {
    let world = try await World(dossiers: 5)
    let (admin, second) = (world.admin, world.second)
    func edit(_ index: Int, _ kind: String) async throws {
      try await admin.statement(
        "UPDATE casework.dossier SET kind = \(kind) WHERE dossier = \(second[index].dossier)")
    }
    try await edit(0, "one")
    try await edit(1, "one")
    try await world.lose(second[2])
    try await world.lose(second[3])
    let found = try await world.check()
    #expect(found.found == 4)
    let plan = SelfCheckPlan(holes: found.holes, rows: found.differing)
    // Since then: one row is edited again, one hole is filled, and another row is damaged.
    try await edit(1, "two")
    _ = try await SelfChecking(repairs: true, dossier: second[3].dossier).run(
      over: world.node.store, now: { .sample },
      ask: { _, request in
        try await world.peer.store.read(
          AnswerFetch(requester: world.node.agency.code, request: request))
      })
    try await edit(4, "one")
    let rehearsed = try await world.check(repairs: true, isRehearsal: true, plan: plan)
    #expect(rehearsed.repaired == 2)
    #expect(rehearsed.skippedRows.map(\.dossier) == [second[1].dossier])
    let applied = try await world.check(repairs: true, plan: plan)
    #expect(applied.repaired == 2)
    #expect(applied.skippedRows == found.differing.filter { $0.dossier == second[1].dossier })
    #expect(applied.skippedHoles.map(\.id) == [second[3].id])
    #expect(applied.differing.map(\.dossier) == [second[1].dossier])
    let rest = try await world.check()
    #expect(Set(rest.differing.map(\.dossier)) == [second[1].dossier, second[4].dossier])
    #expect(rest.holes.isEmpty)
    // Once more nothing is left of the plan: all of it is skipped, and that is said.
    let again = try await world.check(repairs: true, plan: plan)
    #expect(again.repaired == 0)
    #expect(again.skippedRows.count + again.skippedHoles.count == 4)
    await world.close()
  }

  @Test func `security T8 an edit that also fixes every stored hash is found`() async throws {
    let world = try await World(dossiers: 2)
    let victim = world.second[0]
    let part = try #require(victim.parts[0])
    let forged = SaltedPart(salt: part.salt, content: part.content + [0x7A, 0x01, 0x78])
    var header = victim.header
    header.parts = [forged.hash] + header.parts.dropFirst()
    let bytes = header.encoded()
    let id = ChangeSetHeader.id(of: bytes)
    let (admin, dossier) = (world.admin, victim.dossier)
    try await admin.statement(
      "UPDATE ledger.change_set SET id = \(id), header = \(bytes) WHERE id = \(victim.id)")
    try await admin.statement(
      """
      UPDATE ledger.part SET change_set = \(id), content = \(forged.content)
      WHERE change_set = \(victim.id)
      """)
    let item = Hash256.sha256(dossier.bytes + id.bytes)
    try await admin.statement(
      """
      UPDATE ledger.dossier SET heads = ARRAY[\(id)::bytea], item = \(item)
      WHERE id = \(dossier)
      """)
    try await admin.statement(
      """
      UPDATE ledger.chain SET head = \(id)
      WHERE dossier = \(dossier) AND head = \(victim.id)
      """)
    let found = try await world.check()
    #expect(found.holes.map(\.dossier) == [dossier], "its seal is not over the forged id")
    await world.close()
  }

  private static func names(_ report: SelfCheckReport) -> Set<String> {
    Set(
      report.holes.map { "hole \($0.id)" }
        + report.differing.map { "\($0.kind.rawValue) \($0.table) \($0.id)" })
  }
}
