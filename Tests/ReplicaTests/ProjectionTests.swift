import Casework
import Exchange
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

/// The tables against the log: what a superuser does to them is found, named and undone.
@Suite(.database, .timeLimit(.minutes(5)))
struct ProjectionTests {
  private func world() async throws -> (SampleNode<PostgresStore>, [DossierID]) {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    _ = try await node.found()
    var dossiers: [DossierID] = []
    for _ in 0..<3 { dossiers.append(try await node.append(nil, [Part()]).dossier) }
    return (node, dossiers)
  }

  private func check(_ node: SampleNode<PostgresStore>, repairs: Bool = false) async throws
    -> SelfCheckReport
  {
    try await SelfChecking(repairs: repairs).run(over: node.store, now: { .sample }) { _, _ in
      throw ExchangeError(.unavailable, "no peer")
    }
  }

  @Test func `rows changed, deleted and inserted are named and healed`() async throws {
    let (node, dossiers) = try await world()
    #expect(try await check(node).isConsistent)
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      "UPDATE casework.dossier SET forked = NOT forked WHERE dossier = \(dossiers[0])")
    try await admin.statement("DELETE FROM casework.member WHERE dossier = \(dossiers[1])")
    try await admin.statement(
      """
      INSERT INTO casework.member (dossier, agency, state)
      VALUES (\(dossiers[2]), '990000-Z', 'member'),
        (sha256('a dossier that nobody has'), '990000-Z', 'member')
      """)
    let report = try await check(node)
    #expect(report.holes.isEmpty)
    let found = report.differing.map { "\($0.kind.rawValue) \($0.table) \($0.id)" }
    let stray = Hash256.sha256(Array("a dossier that nobody has".utf8))
    #expect(
      Set(found) == [
        "changed casework.dossier \(dossiers[0])",
        "missing casework.member \(dossiers[1])/990000-A",
        "extra casework.member \(dossiers[2])/990000-Z",
        "extra casework.member \(stray)/990000-Z",
      ])
    let repaired = try await check(node, repairs: true)
    #expect(repaired.isConsistent)
    #expect(repaired.repaired == 4)
    #expect(try await check(node).isConsistent)
    await admin.close()
    await node.store.close()
  }

  @Test func `a step writes its own rows and leaves what somebody else did to be found`()
    async throws
  {
    let (node, dossiers) = try await world()
    let admin = Connection(try TestDatabase.configuration)
    // This process knows what it wrote last: damage is neither mended in passing nor spread.
    try await admin.statement("DELETE FROM casework.member WHERE dossier = \(dossiers[0])")
    try await node.append(dossiers[0], [Part()])
    let found = try await check(node).differing.map { "\($0.kind.rawValue) \($0.table) \($0.id)" }
    #expect(found == ["missing casework.member \(dossiers[0])/990000-A"])
    #expect(try await check(node, repairs: true).isConsistent)
    // A process that does not know reads the rows first, and makes them what the log gives.
    try await admin.statement("DELETE FROM casework.member WHERE dossier = \(dossiers[0])")
    let second = SampleNode(PostgresStore(try TestDatabase.configuration), node.agency)
    try await second.append(dossiers[0], [Part()])
    #expect(try await check(node).isConsistent)
    // Grants and their end go through both ways.
    let b = SampleAgency("B")
    for part in [
      Part(membership: [.grant(Grant(agency: b.code, ground: .admit))]),
      Part(membership: [.exclude(agency: b.code, reason: "sample")]), Part(),
    ] {
      try await node.append(dossiers[0], [part])
      #expect(try await check(node).isConsistent)
    }
    await admin.close()
    await second.store.close()
    await node.store.close()
  }

  /// A cover, a record that is void, or a word about who belongs to the dossier.
  private func part(
    after cover: Citation?, by home: AgencyCode, _ random: inout SeededGenerator
  ) throws -> Part {
    let agency = SampleAgency(try #require(["B", "C", "D"].randomElement(using: &random))).code
    let title = "样例 \(Int.random(in: 0..<100, using: &random))"
    let record = Record(
      id: RecordID(timestamp: .sample, random: random.bytes(10)), author: home,
      revises: random.chance(80) ? cover : nil, .dossier(Dossier(kind: .meeting, title: title)))
    return switch Int.random(in: 0..<20, using: &random) {
    case 0..<4: Part(membership: [.grant(Grant(agency: agency, ground: .admit))])
    case 4..<7: Part(membership: [.end(agency: agency, reason: "sample")])
    case 7: Part(membership: [.exclude(agency: agency, reason: "sample")])
    default: Part(records: [record])
    }
  }

  /// What a step asks without reading rows is what the rows say.
  private func compareCard(
    of dossier: DossierID, with written: ChangeSetID, at node: SampleNode<PostgresStore>
  ) async throws {
    try await node.store.read { transaction in
      let card = try #require(try transaction.card(of: dossier))
      let row = try #require(
        try transaction.sql.firstRow(
          """
          SELECT l.needs_upgrade, c.forked, t.state, v.reason, v.part, v.record
          FROM ledger.dossier AS l JOIN casework.dossier AS c ON c.dossier = l.id
          LEFT JOIN casework.clue AS t ON t.dossier = l.id
          LEFT JOIN casework.void AS v ON v.dossier = l.id AND v.change = \(written)
          WHERE l.id = \(dossier) ORDER BY v.part, v.record LIMIT 1
          """))
      let (needsUpgrade, isForked, state, reason, part, record) = try row.values(
        Bool.self, Bool.self, String?.self, String?.self, Int?.self, Int?.self)
      let void = card.void(in: written)
      #expect(card.needsUpgrade == needsUpgrade)
      #expect(card.isForked == isForked)
      #expect(card.clueState == state)
      #expect(void?.reason == reason)
      #expect(void?.part == part)
      #expect(void?.record == record)
    }
  }

  @Test(arguments: 1...3)
  func `after any steps, taken or only rehearsed, the rows are those of the log`(
    seed: UInt64
  ) async throws {
    let (node, dossiers) = try await world()
    var random = SeededGenerator(seed: seed)
    var taken = 0
    for _ in 0..<30 {
      let dossier = try #require(dossiers.randomElement(using: &random))
      let cover = try await node.store.read { try $0.folded(dossier)?.coverEntry?.place }
      let part = try part(after: cover, by: node.agency.code, &random)
      if random.chance(30) {
        // What a transaction that is undone has folded and marked is gone with it.
        _ = try await node.store.rehearse(
          Append(
            author: node.agency.signatory, drafts: [Draft(dossier: dossier, parts: [part])],
            now: .sample, gate: .open, entropy: node.entropy))
        continue
      }
      let written = try await node.append(dossier, [part])
      try await compareCard(of: dossier, with: written.id, at: node)
      taken += 1
      let folded = try await node.store.read { try $0.folded(dossier)?.digest }
      let onDisk = try await node.store.read { try $0.digest(of: dossier) }
      #expect(folded == onDisk && onDisk != nil)
      if taken.isMultiple(of: 5) { #expect(try await check(node).isConsistent) }
    }
    #expect(taken > 10)
    #expect(try await check(node).isConsistent)
    await node.store.close()
  }

  @Test func `a row with values that no record can have is named and removed`() async throws {
    let (node, dossiers) = try await world()
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      """
      INSERT INTO casework.person (dossier, agency, id, name, section, post, roles, ended)
      VALUES (\(dossiers[0]), '990000-Q', '00000000-0000-0000-0000-000000000000', 'x', '', '',
        '{"a,b",NULL,"\\"q\\""}', false)
      """)
    let report = try await check(node)
    #expect(report.differing.map(\.kind) == [.extra])
    #expect(try await check(node, repairs: true).isConsistent)
    await admin.close()
    await node.store.close()
  }

  @Test func `a deleted change set is a hole, and nobody writes upon it`() async throws {
    let (node, dossiers) = try await world()
    let second = try await node.append(dossiers[0], [Part()])
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement("DELETE FROM ledger.part WHERE change_set = \(second.id)")
    try await admin.statement("DELETE FROM ledger.change_set WHERE id = \(second.id)")
    let report = try await check(node)
    #expect(report.holes.map(\.id) == [second.id])
    let error = await #expect(throws: ExchangeError.self) {
      _ = try await node.append(dossiers[0], [Part()])
    }
    #expect(error?.code == .corrupt)
    _ = try await node.append(dossiers[1], [Part()])
    await admin.close()
    await node.store.close()
  }

  @Test func `an edited byte of a part is a hole`() async throws {
    let (node, dossiers) = try await world()
    let second = try await node.append(dossiers[0], [Part()])
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      "UPDATE ledger.part SET salt = sha256(salt) WHERE change_set = \(second.id)")
    #expect(try await check(node).holes.map(\.id) == [second.id])
    await admin.close()
    await node.store.close()
  }

  @Test func `the digest is what psql gives for the same rows`() async throws {
    let (node, dossiers) = try await world()
    let digest = try await node.store.read { try $0.digest(of: dossiers[0]) }
    let connection = Connection(try TestDatabase.configuration)
    let byHand = try await connection.transaction { transaction in
      var bytes: [UInt8] = []
      let names = Tables.all.filter { !$0.isSealed }
      try transaction.execute(
        "SELECT set_config('test.dossier', \(Hex.encode(dossiers[0].bytes)), true)")
      for table in names {
        let keys = SQL.joined(
          table.key.map { "\(unsafeIdentifier: $0)" }, by: ", ")
        try transaction.copyOut(
          """
          SELECT * FROM \(unsafeQualifiedIdentifier: table.name)
          WHERE dossier = decode(current_setting('test.dossier'), 'hex') ORDER BY \(keys)
          """
        ) { bytes += $0 }
      }
      return Hash256.sha256(bytes)
    }
    #expect(digest == byHand)
    await connection.close()
    await node.store.close()
  }
}
