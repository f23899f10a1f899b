import Exchange
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

/// The sums by which two replicas are compared, held against the items they are sums of.
@Suite(.database, .timeLimit(.minutes(5)))
struct ItemSumsTests {
  private let a = SampleAgency("A")
  private let hosted = SampleAgency("H", hostedBy: "A")
  private let b = SampleAgency("B")
  private let guest = SampleAgency("G", hostedBy: "B")
  private let c = SampleAgency("C")

  @Test func `after every admit, exclude, end and step the sums are those of a scan`()
    async throws
  {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), a)
    let directory = try await node.found()
    for agency in [hosted, b, guest, c] {
      try await node.carry(
        .admission(entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
    var generator = SeededGenerator(seed: 13)
    let drafts = (0..<64).map { _ in
      Draft(dossier: nil, parts: [Part(membership: grants(&generator))])
    }
    let opened = try await node.store.write(
      Append(
        author: a.signatory, drafts: drafts, now: .sample, gate: .open, entropy: node.entropy)
    ).get().changeSets.map(\.dossier)
    try await expectSums(of: node, &generator)
    for _ in 0..<24 {
      let agency = one(&generator).code
      let statement: [MembershipStatement] =
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: [.exclude(agency: agency, reason: "")]
        case 1: [.end(agency: agency, reason: "")]
        case 2: [.grant(Grant(agency: agency, ground: .admit))]
        default: []
        }
      let dossier = try #require(opened.randomElement(using: &generator))
      // What may not be written changes nothing.
      _ = try? await node.append(dossier, [Part(membership: statement)])
      try await expectSums(of: node, &generator)
    }
    try await expectNoticed(node, &generator)
    await node.store.close()
  }

  @Test func `a step of a comparison reads few of many dossiers`() async throws {
    let configuration = try TestDatabase.configuration
    let node = SampleNode(PostgresStore(configuration), a)
    _ = try await node.found()
    let admin = Connection(configuration)
    try await admin.statement(
      """
      INSERT INTO ledger.dossier (id, heads, members, former, excluded, item, change_sets)
      SELECT sha256(convert_to('dossier ' || i, 'UTF8')), '{}', \([a.code, b.code]), '{}', '{}',
        sha256(convert_to('item ' || i, 'UTF8')), 1
      FROM generate_series(1, 4000) AS i
      """)
    try await admin.statement("ANALYZE ledger.dossier")
    await admin.close()
    let peer = b.code
    let items = try await node.store.read(ReconcileItems(peer: peer)).sorted()
    #expect(items.count == 4_001)
    for other in [items, Array(items.dropFirst())] {
      let message = try Self.side(other).initiate()
      let (answer, read) = try await node.store.read { transaction in
        let before = try Self.dossiersRead(transaction)
        let answer = try AnswerReconcile(requester: peer, message: message).run(transaction)
        return (answer, try Self.dossiersRead(transaction) - before)
      }
      #expect(try answer.get() == Self.side(items).answer(message))
      // 46 leaves at the most, of one dossier each, and the directory's.
      #expect(read < 200)
    }
    await node.store.close()
  }

  /// What a withdrawn key casts doubt on is looked for among what is shared, from the smaller side.
  @Test(arguments: [(shared: 4_000, doubtful: 3), (shared: 3, doubtful: 4_000)])
  func `doubt is looked for where there is less`(_ counts: (shared: Int, doubtful: Int))
    async throws
  {
    let configuration = try TestDatabase.configuration
    let node = SampleNode(PostgresStore(configuration), a)
    _ = try await node.found()
    let key = c.signatory.key.keyID
    let admin = Connection(configuration)
    let (shared, doubtful) = (counts.shared, counts.doubtful)
    let other = min(shared, doubtful) - 1
    try await admin.statement(
      """
      INSERT INTO ledger.dossier (id, heads, members, former, excluded, item, change_sets)
      SELECT sha256(convert_to('dossier ' || i, 'UTF8')), '{}',
        CASE WHEN i <= \(shared) THEN \([a.code, b.code]) ELSE \([a.code, c.code]) END, '{}', '{}',
        sha256(convert_to('item ' || i, 'UTF8')), 1
      FROM generate_series(1, \(shared + doubtful)) AS i
      """)
    try await admin.statement(
      """
      INSERT INTO ledger.chain (dossier, author, sequence, head, key)
      SELECT sha256(convert_to('dossier ' || i, 'UTF8')), \(c.code), 1,
        sha256(convert_to('head ' || i, 'UTF8')), \(key)
      FROM generate_series(\(shared - other), \(shared - other + doubtful - 1)) AS i
      """)
    try await admin.statement("ANALYZE ledger.dossier")
    try await admin.statement("ANALYZE ledger.chain")
    await admin.close()
    let (local, remote, author) = ([a.code], [b.code], c.code)
    let (found, read) = try await node.store.read { transaction in
      let before = try Self.dossiersRead(transaction)
      let found = try transaction.doubtful(
        sharedBy: local, with: remote, barred: local + remote, authors: [author], keys: [key])
      return (found.count, try Self.dossiersRead(transaction) - before)
    }
    #expect(found == other + 1)
    #expect(read < 200)
    await node.store.close()
  }

  /// What somebody may do to the sums and to the numbers that they are held against.
  private static let damages = [
    ["DELETE FROM ledger.item_sum"],
    ["UPDATE ledger.item_sum SET items = items + 1"],
    ["DELETE FROM ledger.audience"],
    ["UPDATE ledger.audience SET members = '{X}'"],
    ["DELETE FROM ledger.item_sum", "DELETE FROM ledger.audience"],
    [
      "DELETE FROM ledger.item_sum", "DELETE FROM ledger.audience",
      "DELETE FROM ledger.dossier_count WHERE audience <> ''",
    ],
    ["DELETE FROM ledger.dossier_count"],
    ["DELETE FROM ledger.dossier_count WHERE audience = ''"],
    ["UPDATE ledger.dossier_count SET dossiers = dossiers + 1 WHERE audience = ''"],
  ]

  @Test(arguments: damages)
  func `rows of sums that are lost hide no dossier from a comparison, which says so`(
    _ damage: [String]
  ) async throws {
    let configuration = try TestDatabase.configuration
    let node = SampleNode(PostgresStore(configuration), a)
    let directory = try await node.found()
    try await node.carry(
      .admission(entry: b.entry, key: b.signatory.key.publicKey, particulars: nil), in: directory)
    let part = Part(membership: [.grant(Grant(agency: b.code, ground: .admit))])
    let opened = try await node.append(nil, [part])
    let peer = b.code
    // The other side has the directory and nothing else.
    let items = try await node.store.read(ReconcileItems(peer: peer))
    let lost = try await node.store.read { try $0.summaries([opened.dossier])[opened.dossier] }
    let theirs = Self.side(items.filter { $0 != lost?.item })
    let compared: () async throws -> ReconcileReport = {
      try await Reconciliation(peer: peer, mode: .compare).run(
        over: node.store, now: { .sample }, pause: { _ in },
        ask: { question in
          guard case .compare(let message) = question else {
            return FetchAnswer().encoded()
          }
          return try theirs.answer(message)
        })
    }
    #expect(try await compared().errors.isEmpty)
    let admin = Connection(configuration)
    try await admin.statement("SET session_replication_role = replica")
    for statement in damage { try await admin.statement(SQL(unsafeText: statement)) }
    await admin.close()
    let report = try await compared()
    #expect(report.errors.map(\.code) == [.sums] && !report.isConsistent)
    #expect(report.sharedDossiers == 2 && report.equal == 1)
    // What the peer asks by itself is answered out of all dossiers as well.
    let message = try theirs.initiate()
    let answer = try await node.store.read(AnswerReconcile(requester: peer, message: message))
    #expect(try answer.get() == Self.side(items).answer(message))
    _ = try await check(node, repairs: true)
    #expect(try await compared().errors.isEmpty)
    await node.store.close()
  }

  @Test(arguments: [Reconciliation.Counting.first, .whenEqual])
  func `scenario S9 a comparison that counts every dossier names one that no trigger saw go`(
    counting: Reconciliation.Counting
  ) async throws {
    let configuration = try TestDatabase.configuration
    let node = SampleNode(PostgresStore(configuration), a)
    let directory = try await node.found()
    try await node.carry(
      .admission(entry: b.entry, key: b.signatory.key.publicKey, particulars: nil), in: directory)
    let part = Part(membership: [.grant(Grant(agency: b.code, ground: .admit))])
    let dossier = try await node.append(nil, [part]).dossier
    let peer = b.code
    let compared: () async throws -> ReconcileReport = {
      try await Reconciliation(peer: peer, mode: .compare, counting: counting).run(
        over: node.store, now: { .sample }, pause: { _ in }, ask: { _ in [0x61] })
    }
    #expect(try await compared().isConsistent)
    let admin = Connection(configuration)
    try await admin.statement("ALTER TABLE ledger.dossier DISABLE TRIGGER USER")
    try await admin.statement("DELETE FROM ledger.dossier WHERE id = \(dossier)")
    await admin.close()
    let own = node.agency.code
    let (kept, counted) = try await node.store.read { transaction in
      let (local, remote, both) = ([own], [peer], [own, peer])
      let sums = try transaction.sums(by: .block, sharedBy: local, with: remote, barred: both)
      return (
        sums.map { $0.reduce(0) { $0 + $1.count } },
        try transaction.count(sharedBy: local, with: remote, barred: both)
      )
    }
    #expect(kept == 1 && counted == 0, "the sums and their numbers saw nothing, the count does")
    #expect(try await compared().errors.map(\.code) == [.sums])
    await node.store.close()
  }

  private static func side(_ items: [Hash256]) -> Negentropy {
    Negentropy(NegentropySet(items), frameBytesMax: Exchange.Limits.reconcileFrameBytesMax)
  }

  private static func dossiersRead(_ transaction: borrowing ReplicaTransaction) throws -> Int {
    try transaction.sql.value(
      """
      SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint FROM pg_stat_xact_user_tables
      WHERE relid = 'ledger.dossier'::regclass
      """, as: Int.self) ?? 0
  }

  private func one(_ generator: inout SeededGenerator) -> SampleAgency {
    [hosted, b, guest, c][Int.random(in: 0..<4, using: &generator)]
  }

  private func grants(_ generator: inout SeededGenerator) -> [MembershipStatement] {
    [hosted, b, guest, c].shuffled(using: &generator).prefix(2).map {
      .grant(Grant(agency: $0.code, ground: .admit))
    }
  }

  /// Expects that what the store keeps is what a scan gives, and that answers are the same bytes.
  private func expectSums(
    of node: SampleNode<PostgresStore>, _ generator: inout SeededGenerator
  ) async throws {
    for (peer, remote) in [(b.code, [b.code, guest.code]), (c.code, [c.code])] {
      let (local, barred) = ([a.code, hosted.code], [a.code, peer])
      let items = try await node.store.read(ReconcileItems(peer: peer))
      let half = items.filter { _ in Bool.random(using: &generator) }
      let message = try Self.side(half).initiate()
      let (sums, blocks, scanned, wrong, answer) = try await node.store.read { transaction in
        (
          try transaction.sums(by: .leaf, sharedBy: local, with: remote, barred: barred),
          try transaction.sums(by: .block, sharedBy: local, with: remote, barred: barred),
          try transaction.items(sharedBy: local, with: remote, barred: barred),
          try transaction.compareSums(limit: 10),
          try AnswerReconcile(requester: peer, message: message).run(transaction)
        )
      }
      #expect(sums == LeafSum.sums(of: scanned))
      #expect(blocks == LeafSum.sums(of: scanned, by: .block))
      #expect(scanned.count == items.count - 1, "the directory is shared besides")
      #expect(wrong.isEmpty)
      #expect(try answer.get() == Self.side(items).answer(message))
    }
  }

  /// Expects that sums which somebody changed make no difference, are named, and are renewed.
  private func expectNoticed(
    _ node: SampleNode<PostgresStore>, _ generator: inout SeededGenerator
  ) async throws {
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      """
      UPDATE ledger.item_sum SET limb_3 = limb_3 + 1
      WHERE (audience, leaf) = (
        SELECT audience, leaf FROM ledger.item_sum JOIN ledger.audience ON id = audience
        WHERE \(b.code) = ANY(members) ORDER BY leaf LIMIT 1)
      """)
    await admin.close()
    let peer = b.code
    let client = Self.side(try await node.store.read(ReconcileItems(peer: peer)))
    var difference = Negentropy.Difference()
    var question: [UInt8]? = try client.initiate()
    while let message = question {
      let answer = try await node.store.read(AnswerReconcile(requester: peer, message: message))
      question = try client.resume(with: try answer.get(), into: &difference)
    }
    #expect(difference == Negentropy.Difference())
    let found = try await check(node, repairs: false)
    #expect(found.differing.map(\.table) == ["ledger.item_sum"] && found.found == 1)
    let mended = try await check(node, repairs: true)
    #expect(mended.isConsistent && mended.repaired == 1)
    try await expectSums(of: node, &generator)
  }

  private func check(
    _ node: SampleNode<PostgresStore>, repairs: Bool
  ) async throws -> SelfCheckReport {
    try await SelfChecking(repairs: repairs).run(over: node.store, now: { .sample }) { _, _ in
      throw ExchangeError(.unavailable, "no peer")
    }
  }
}
