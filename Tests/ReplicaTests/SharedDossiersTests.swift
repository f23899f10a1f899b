import Exchange
import FoundationEssentials
import Glibc
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

/// Two nodes that share many dossiers: what comparing them costs, and how they heal each other.
///
/// With `GUANTONG_FULL` there are 100,000 dossiers, which takes most of an hour in a debug build.
@Suite(.database, .timeLimit(.minutes(LongRuns.areOn ? 180 : 10)))
struct SharedDossiersTests {
  @Test func `what differs at two nodes with many dossiers is named, healed, and then equal`()
    async throws
  {
    try await ManyDossiers.with { pair in
      try await pair.expectEqual()
      let (gone, edited) = try await pair.damage()
      for (node, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
        let began = ContinuousClock.now
        let found = try await pair.check(node, asking: other)
        print("--self of \(found.changeSetsChecked) change sets: \(ContinuousClock.now - began)")
        #expect(Set(found.holes.map { $0.id.hex }) == gone[node.agency.code])
        #expect(
          Set(found.differing.map { $0.dossier?.hex ?? "" }) == edited[node.agency.code])
        #expect(found.differing.allSatisfy { $0.table == "casework.dossier" })
        #expect(found.found == 50)
      }
      for (node, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
        let repaired = try await pair.check(node, asking: other, repairs: true)
        #expect(repaired.isConsistent && repaired.repaired == 50)
      }
      try await pair.expectEqual()
    }
  }
}

/// The two nodes, in two databases of one cluster.
struct ManyDossiers: Sendable {
  let a: SampleNode<PostgresStore>
  let b: SampleNode<PostgresStore>
  let dossiers: [DossierID]
  private let databases: [ConnectionConfiguration]

  /// As many as the requirement says, or few enough for every run.
  static let count = LongRuns.areOn ? 100_000 : 120

  /// Makes them: the first writes every dossier, the second is a copy of it that is told that it is
  /// another agency, so that both hold the same without 100,000 deliveries.
  static func with(_ body: (ManyDossiers) async throws -> Void) async throws {
    let own = try TestDatabase.configuration
    let cluster = try await TestCluster.shared()
    let first = SampleNode(PostgresStore(own), SampleAgency("A"))
    let other = SampleAgency("B")
    let directory = try await first.found()
    try await first.carry(
      .admission(
        entry: other.entry, key: other.signatory.key.publicKey, particulars: nil), in: directory)
    let dossiers = try await opened(at: first, for: other)
    await first.store.close()
    let connection = Connection(own)
    try await connection.statement("DELETE FROM exchange.queued")
    let base = try #require(
      try await connection.transaction(.read) {
        try $0.value("SELECT current_database()::text", as: String.self)
      })
    await connection.close()
    let admin = Connection(cluster.configuration())
    let name = "\(base)_other"
    try await admin.statement(
      "CREATE DATABASE \(unsafeIdentifier: name) TEMPLATE \(unsafeIdentifier: base)")
    let databases = [own, cluster.configuration(database: name)]
    let becoming = Connection(databases[1])
    try await becoming.statement(
      "UPDATE exchange.node SET agency = \(other.code), outbox = \(Entropy.system.outboxID())")
    await becoming.close()
    let pair = ManyDossiers(
      a: SampleNode(PostgresStore(own), SampleAgency("A")),
      b: SampleNode(PostgresStore(databases[1]), other), dossiers: dossiers, databases: databases)
    do {
      try await body(pair)
    } catch {
      await pair.close(admin, name)
      throw error
    }
    await pair.close(admin, name)
  }

  private func close(_ admin: Connection, _ name: String) async {
    await a.store.close()
    await b.store.close()
    _ = try? await admin.statement("DROP DATABASE \(unsafeIdentifier: name) WITH (FORCE)")
    await admin.close()
  }

  /// Opens the dossiers, a thousand under one seal.
  private static func opened(
    at node: SampleNode<PostgresStore>, for other: SampleAgency
  ) async throws -> [DossierID] {
    let part = Part(membership: [.grant(Grant(agency: other.code, ground: .admit))])
    var dossiers: [DossierID] = []
    while dossiers.count < count {
      let size = min(Exchange.Limits.reaffirmationsPerSealMax, count - dossiers.count)
      let drafts = Array(repeating: Draft(dossier: nil, parts: [part]), count: size)
      let appended = try await node.store.write(
        Append(
          author: node.agency.signatory, drafts: drafts, now: .sample, gate: .open,
          entropy: node.entropy)
      ).get()
      dossiers += appended.changeSets.map(\.dossier)
    }
    return dossiers
  }

  /// Expects that nothing differs, and that finding it costs one round trip of at most 2 KB and
  /// little memory.
  func expectEqual() async throws {
    let before = try #require(Kernel.residentKiB(of: getpid()))
    try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    let began = ContinuousClock.now
    let report = try await Reconciliation(peer: a.agency.code, mode: .compare).run(
      over: b.store, now: { .sample }, pause: { _ in },
      ask: { question in try await a.answered(question, from: b.agency.code) })
    let spent = ContinuousClock.now - began
    let peak = try #require(
      Kernel.field("VmHWM", of: getpid()).flatMap { Int($0.prefix { $0.isNumber }) })
    let cost: String =
      "\(report.sharedDossiers) shared dossiers equal: \(report.roundTrips) round trip, "
      + "\(report.bytes) bytes, \(spent), \((peak - before) >> 10) MiB more in both nodes"
    print(cost)
    #expect(report.isConsistent && report.equal == Self.count + 1)
    #expect(report.sharedDossiers == report.equal && report.inFlight == 0)
    #expect(report.roundTrips == 1 && report.bytes <= 2_048)
    #expect(peak - before < 150 << 10)
  }

  /// Deletes 40 change sets at each node and edits 10 rows there; says what, by agency.
  func damage() async throws -> (gone: [AgencyCode: Set<String>], edited: [AgencyCode: Set<String>])
  {
    var gone: [AgencyCode: Set<String>] = [:]
    var edited: [AgencyCode: Set<String>] = [:]
    for (index, node) in [a, b].enumerated() {
      let mine = Array(dossiers[(index * 50)..<(index * 50 + 50)])
      let lost = mine.prefix(40).map(\.first)
      let admin = Connection(databases[index])
      try await admin.statement("SET session_replication_role = replica")
      try await admin.statement("DELETE FROM ledger.part WHERE change_set = ANY(\(lost))")
      try await admin.statement("DELETE FROM ledger.change_set WHERE id = ANY(\(lost))")
      try await admin.statement(
        """
        UPDATE casework.dossier SET title = 'edited'
        WHERE dossier = ANY(\(Array(mine.suffix(10))))
        """)
      await admin.close()
      gone[node.agency.code] = Set(lost.map(\.hex))
      edited[node.agency.code] = Set(mine.suffix(10).map(\.hex))
    }
    return (gone, edited)
  }

  /// Checks one node, which may ask the other.
  func check(
    _ node: SampleNode<PostgresStore>, asking other: SampleNode<PostgresStore>,
    repairs: Bool = false
  ) async throws -> SelfCheckReport {
    try await SelfChecking(repairs: repairs).run(
      over: node.store, now: { .sample },
      ask: { _, request in
        try await other.store.read(AnswerFetch(requester: node.agency.code, request: request))
      })
  }
}
