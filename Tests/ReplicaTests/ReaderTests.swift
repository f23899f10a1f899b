import Casework
import Exchange
import Ledger
import Logging
import Postgres
import Replica
import TestSupport
import Testing

/// Who may do what in the database of an embedded node.
@Suite(.timeLimit(.minutes(5)))
struct ReaderTests {
  @Test func `the reader sees open casework and nothing else, and writes nothing`() async throws {
    try await Scratch.withDirectory { directory in
      let cluster = try await EmbeddedCluster(
        nodeDirectory: "\(directory)/node",
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      try await cluster.prepare()
      let url = cluster.readerURL
      try await cluster.whileRunning {
        let owner = Connection(cluster.configuration(.owner))
        try await Schema.migrate(owner)
        let store = PostgresStore(cluster.configuration(.node))
        let node = SampleNode(store, SampleAgency("A"))
        _ = try await node.found()
        let reader = Connection(try ConnectionConfiguration(parsing: url))
        // Read-only is the reader's default; its rights are what holds when it says otherwise.
        let isGuarded = await #expect(throws: PostgresError.self) {
          try await reader.statement("DELETE FROM casework.document")
        }
        #expect(isGuarded?.sqlstate == "25006")
        try await reader.statement("SET default_transaction_read_only = off")
        for table in Tables.all {
          let reading = Task {
            try await reader.transaction {
              try $0.execute("SELECT * FROM \(unsafeQualifiedIdentifier: table.name)")
            }
          }
          if table.isSealed {
            let error = await #expect(throws: PostgresError.self) { try await reading.value }
            #expect(error?.sqlstate == "42501")
          } else {
            _ = try await reading.value
          }
          let error = await #expect(throws: PostgresError.self) {
            try await reader.statement("DELETE FROM \(unsafeQualifiedIdentifier: table.name)")
          }
          #expect(error?.sqlstate == "42501")
        }
        for schema in ["ledger.change_set", "exchange.node", "office.draft", "ledger.part"] {
          let error = await #expect(throws: PostgresError.self) {
            try await reader.statement("SELECT * FROM \(unsafeQualifiedIdentifier: schema)")
          }
          #expect(error?.sqlstate == "42501")
        }
        let mischief: [SQL] = [
          "SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x')",
          "SELECT pg_advisory_lock(1)", "SELECT pg_try_advisory_lock_shared(1, 2)",
          "CREATE TEMPORARY TABLE mine (x int)",
          "LOCK TABLE exchange.node IN ACCESS SHARE MODE",
          "LOCK TABLE casework.document IN SHARE MODE",
        ]
        for statement in mischief {
          let error = await #expect(throws: PostgresError.self) {
            try await reader.transaction { try $0.execute(statement) }
          }
          #expect(error?.sqlstate == "42501", "\(statement)")
        }
        await reader.close()
        try await expectFewReaders(try ConnectionConfiguration(parsing: url))
        await owner.close()
        await store.close()
      }
    }
  }

  /// Readers cannot use up the connections that the node needs.
  private func expectFewReaders(_ configuration: ConnectionConfiguration) async throws {
    let readers = (0..<6).map { _ in Connection(configuration) }
    var refused = 0
    for reader in readers {
      do { try await reader.statement("SELECT 1") } catch { refused += 1 }
    }
    #expect(refused == 1)
    for reader in readers { await reader.close() }
  }

  @Test(.database) func `the audit can be added to and never changed`() async throws {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement(
      """
      INSERT INTO office.audit
        (seq, at, operator, person_name, verb, object, outcome, detail, previous, hash)
      VALUES (1, now(), 'root', '', 'open', 'x', 'done', '', sha256('a'), sha256('b'))
      """)
    let changes: [SQL] = [
      "UPDATE office.audit SET verb = 'close'", "DELETE FROM office.audit",
      "TRUNCATE office.audit",
    ]
    for change in changes {
      let error = await #expect(throws: PostgresError.self) {
        try await connection.statement(change)
      }
      #expect(error?.sqlstate == "42501")
    }
    await connection.close()
  }
}
