import Postgres
import TestSupport
import Testing

/// How a connection is described, opened, lost and found again.
@Suite(.timeLimit(.minutes(5)))
struct ConnectionTests {
  @Test func `libpq's own parser reads URIs, keywords and several hosts`() throws {
    let uri = try ConnectionConfiguration(
      parsing: "postgresql://node@a:1,b:2/guantong?target_session_attrs=read-write")
    #expect(uri.keywords["host"] == "a,b")
    #expect(uri.keywords["port"] == "1,2")
    #expect(uri.keywords["dbname"] == "guantong")
    #expect(uri.keywords["target_session_attrs"] == "read-write")
    let words = try ConnectionConfiguration(parsing: "service=guantong user='o\\'brien'")
    #expect(words.keywords["service"] == "guantong")
    #expect(words.keywords["user"] == "o'brien")
  }

  @Test func `a connection string that is wrong is refused without repeating it`() {
    let error = #expect(throws: PostgresError.self) {
      try ConnectionConfiguration(parsing: "postgresql://node:s3cret@[::1/guantong")
    }
    #expect(error?.code == .configuration)
    #expect(!"\(error.map { $0.debugDescription } ?? "")".contains("s3cret"))
  }

  @Test func `a server that is not there is a clear error without the password`() async throws {
    let connection = Connection(
      try ConnectionConfiguration(parsing: "postgresql://u:s3cret@127.0.0.1:1/x"))
    let error = await #expect(throws: PostgresError.self) {
      try await connection.statement("SELECT 1")
    }
    #expect(error?.code == .unreachable)
    #expect(error?.isUnavailable == true)
    #expect(!"\(error.map { $0.debugDescription } ?? "")".contains("s3cret"))
    await connection.close()
  }

  @Test(.emptyDatabase) func `the host that may write is found among several`() async throws {
    let cluster = try await TestCluster.shared()
    var configuration = try TestDatabase.configuration
    configuration.keywords["host"] = "/nonexistent,\(cluster.directory)"
    configuration.keywords["port"] = "5432,5432"
    configuration.keywords["target_session_attrs"] = "read-write"
    let connection = Connection(configuration)
    #expect(try await connection.serverVersion() >= 150_000)
    await connection.close()
  }

  @Test(.emptyDatabase) func `sessions start with our settings, whatever the server's are`()
    async throws
  {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement("ALTER ROLE postgres SET synchronous_commit = off")
    let other = Connection(try TestDatabase.configuration)
    let settings = try await other.transaction { transaction in
      try ["synchronous_commit", "TimeZone", "statement_timeout", "client_encoding"].map {
        try transaction.value("SELECT current_setting(\($0))", as: String.self) ?? ""
      }
    }
    try await connection.statement("ALTER ROLE postgres RESET synchronous_commit")
    #expect(settings == ["on", "UTC", "1min", "UTF8"])
    await connection.close()
    await other.close()
  }

  @Test func `after a restart of the server the next transaction just works`() async throws {
    let cluster = try await TestCluster.start()
    let connection = Connection(cluster.configuration())
    try await connection.statement("CREATE TABLE t (id bigint)")
    try await cluster.restart()
    try await connection.transaction { try $0.execute("INSERT INTO t VALUES (1)") }
    try await cluster.crash()
    try await cluster.resume()
    let count = try await connection.transaction(.read) {
      try $0.value("SELECT count(*) FROM t", as: Int.self)
    }
    #expect(count == 1)
    await connection.close()
    cluster.stop()
  }

  @Test func `a server that goes in the middle loses the transaction and says so`() async throws {
    let cluster = try await TestCluster.start()
    let connection = Connection(cluster.configuration())
    try await connection.statement("CREATE TABLE t (id bigint)")
    let working = Task {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1)")
        try transaction.execute("SELECT pg_sleep(3600)")
      }
    }
    let observer = Connection(cluster.configuration())
    var isRunning = false
    while !isRunning {
      isRunning =
        try await observer.transaction { transaction in
          try transaction.value(
            """
            SELECT count(*) > 0 FROM pg_stat_activity
            WHERE state = 'active' AND query = 'SELECT pg_sleep(3600)'
            """, as: Bool.self)
        } ?? false
    }
    try await cluster.crash()
    let error = await #expect(throws: PostgresError.self) { _ = try await working.value }
    #expect(error?.code == .lost)
    #expect(error?.isUnavailable == true)
    let away = await #expect(throws: PostgresError.self) {
      try await connection.statement("SELECT 1")
    }
    #expect(away?.code == .unreachable)
    try await cluster.resume()
    let count = try await connection.transaction {
      try $0.value("SELECT count(*) FROM t", as: Int.self)
    }
    #expect(count == 0)
    await connection.close()
    await observer.close()
    cluster.stop()
  }
}
