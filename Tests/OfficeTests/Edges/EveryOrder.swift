import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Whatever comes first: what a node holds, delivered once more in other orders.
extension City {
  /// One in the gate and three in the long run: each makes a database for every agency of a city.
  private static let orders: ClosedRange<UInt64> = LongRuns.areOn ? 1...3 : 1...1

  /// Delivers what each node holds in seeded orders, children before their parents and all before
  /// the directory, to a database that holds nothing, and demands the rows of the node.
  func expectSameInEveryOrder(
    at name: String, from template: String, in cluster: TestCluster
  ) async throws {
    let admin = Connection(cluster.configuration())
    for agency in agencies {
      let (directory, changeSets) = try await agency.held()
      let expected = try await Self.rows(of: agency.store)
      #expect(expected["agency"]?.isEmpty == false)
      for seed in Self.orders {
        try await admin.statement("DROP DATABASE IF EXISTS \(unsafeIdentifier: name) WITH (FORCE)")
        try await admin.statement(
          "CREATE DATABASE \(unsafeIdentifier: name) TEMPLATE \(unsafeIdentifier: template)")
        let store = PostgresStore(cluster.configuration(database: name))
        let node = NodeRecord(
          agency: agency.code, outbox: Entropy.system.outboxID(), directory: directory)
        try await store.write { try $0.save(node) }
        try await deliver(changeSets, in: seed, to: agency, store)
        let rows = try await Self.rows(of: store)
        for (table, text) in expected.sorted(by: { $0.key < $1.key }) {
          #expect(rows[table] == text, "\(agency.code) \(table) in order \(seed)")
        }
        await store.close()
      }
    }
    await admin.close()
  }

  /// Takes change sets in the order of a seed, a few at a time, until nothing waits.
  private func deliver(
    _ changeSets: [StoredChangeSet], in seed: UInt64, to agency: Agency, _ store: PostgresStore
  ) async throws {
    let peer = agencies.map(\.code).first { $0 != agency.code } ?? agency.code
    let now = agency.office.clock.now
    var random = SeededGenerator(seed: seed)
    var waiting = changeSets.shuffled(using: &random)[...]
    var held = 0
    while !waiting.isEmpty {
      let page = waiting.prefix(Int.random(in: 1...12, using: &random))
      waiting = waiting.dropFirst(page.count)
      let deliveries = page.map { changeSet in
        Delivery(
          number: 0,
          content: .changeSet(
            ReceivedChangeSet(
              headerBytes: changeSet.headerBytes, proof: changeSet.proof, parts: changeSet.parts)))
      }
      let taken = try await store.write(
        TakeFetched(peer: peer, deliveries: deliveries, now: now))
      held += taken.held
    }
    let retry = RetryHeld(node: agency.code, isAfterStart: false, now: now)
    while try await store.write(retry).stored > 0 { continue }
    #expect(held > 0, "something came before what it goes on from")
    let (left, refused) = try await store.read { transaction in
      (
        try transaction.heldNotices(limit: 10).map { "\($0.id)" },
        try transaction.quarantined(limit: 10).map(\.reason.code)
      )
    }
    #expect(left.isEmpty && refused.isEmpty, "\(agency.code) in order \(seed): \(left) \(refused)")
  }

  /// Every row of every table of the casework, as text, by table.
  private static func rows(of store: PostgresStore) async throws -> [String: String] {
    try await store.read { transaction in
      var rows: [String: String] = [:]
      for table in Tables.all {
        let name = String(table.name.dropFirst("casework.".count))
        rows[name] = try transaction.sql.value(
          """
          SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')
          FROM casework.\(unsafeIdentifier: name) t
          """, as: String.self)
      }
      return rows
    }
  }
}

extension Agency {
  /// The id of the directory, and every change set that is stored here with the parts that are.
  fileprivate func held() async throws -> (directory: DossierID?, changeSets: [StoredChangeSet]) {
    try await store.read { transaction in
      let dossiers = try transaction.dossiers(after: nil, limit: 10_000)
      let graphs = try transaction.graphs(dossiers)
      return (
        try transaction.node().directory,
        dossiers.flatMap { graphs[$0].map { Array($0.changeSets) } ?? [] }
      )
    }
  }

  /// The same agency with another database or another key.
  func with(
    _ configuration: ConnectionConfiguration? = nil, key newKey: SigningKey? = nil
  ) -> Agency {
    let place = configuration.map { PostgresStore($0) } ?? store
    let key = newKey ?? key
    return Agency(
      code: code,
      office: Office(
        agency: code, key: key, store: place, clock: office.clock, program: office.program),
      store: place, configuration: configuration ?? self.configuration, key: key, start: start)
  }

  /// Whether a text stands anywhere in this agency's database, as it is or in bytes.
  func holds(_ text: String) async throws -> Bool {
    let hex = Hex.encode(Array(text.utf8))
    return try await store.read { transaction in
      let tables = try transaction.sql.rows(
        """
        SELECT table_schema::text, table_name::text FROM information_schema.tables
        WHERE table_schema IN ('ledger', 'exchange', 'casework', 'office')
          AND table_type = 'BASE TABLE'
        """)
      return try tables.contains { row in
        let (schema, name) = (
          try row.value(0, as: String.self), try row.value(1, as: String.self)
        )
        return try transaction.sql.value(
          """
          SELECT EXISTS (
            SELECT FROM \(unsafeIdentifier: schema).\(unsafeIdentifier: name) t
            WHERE strpos(t::text, \(text)) > 0 OR strpos(t::text, \(hex)) > 0)
          """, as: Bool.self) == true
      }
    }
  }
}
