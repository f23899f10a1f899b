import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// Raised once, in a closure that runs elsewhere.
private final class Flag: Sendable {
  private let raised = Atomic<Bool>(false)

  var isRaised: Bool { raised.load(ordering: .sequentiallyConsistent) }

  func raise() {
    raised.store(true, ordering: .sequentiallyConsistent)
  }
}

/// What a closure throws.
private func failure(_ body: () throws -> Void) -> (any Error)? {
  do {
    try body()
    return nil
  } catch {
    return error
  }
}

/// Statements whose answers nobody waits for go out together, in their order, and lose no error.
@Suite(.emptyDatabase, .timeLimit(.minutes(5)))
struct StatementRowTests {
  private func open() async throws -> Connection {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement("CREATE TABLE t (id bigint PRIMARY KEY, v text)")
    return connection
  }

  private func ids(_ connection: Connection) async throws -> [Int] {
    try await connection.statement("SELECT id FROM t ORDER BY id").map { try $0.value(0) }
  }

  private struct Change: Error {}

  @Test func `what waits is sent with the next statement, and no sooner`() async throws {
    let session = try Session(try TestDatabase.configuration)
    try session.run("BEGIN")
    try session.later("SELECT set_config('guantong.test', \("first"), true)")
    try session.later("SELECT set_config('guantong.test', \("second"), true)")
    #expect(!session.queue.isEmpty)
    let seen = try session.run("SELECT current_setting('guantong.test')").first
    #expect(try seen?.value(0) == "second")
    #expect(session.queue.isEmpty)
    #expect(session.isInOpenTransaction)
    try session.later("SELECT set_config('guantong.test', \("third"), true)")
    try session.run("ROLLBACK")
    #expect(session.isIdle)
  }

  @Test func `the order is that of the calls, and whatever reads sees all before it`() async throws
  {
    let connection = try await open()
    try await connection.transaction { transaction in
      try transaction.later("INSERT INTO t VALUES (1, 'a')")
      try transaction.later("UPDATE t SET v = v || 'b'")
      #expect(try transaction.execute("UPDATE t SET v = v || 'c'") == 1)
      try transaction.later("UPDATE t SET v = v || 'd'")
      #expect(try transaction.value("SELECT v FROM t", as: String.self) == "abcd")
      try transaction.later("INSERT INTO t VALUES (2, 'x')")
      try transaction.forEachBatch(of: 10, "SELECT id FROM t") { #expect($0.count == 2) }
      try transaction.later("INSERT INTO t VALUES (3, 'x')")
      try transaction.runScript(unsafeText: "UPDATE t SET v = 'y'; DELETE FROM t WHERE id = 1")
      try transaction.later("INSERT INTO t VALUES (4, 'x')")
      try transaction.copyIn(unsafeTable: "t", columns: ["id", "v"]) { writer in
        try writer.row(5, "x")
      }
      try transaction.later("INSERT INTO t VALUES (6, 'x')")
    }
    #expect(try await ids(connection) == [2, 3, 4, 5, 6])
    await connection.close()
  }

  @Test func `the rows of several statements come with one wait, each its own`() async throws {
    let connection = try await open()
    try await connection.transaction { transaction in
      // Unprepared, prepared on the way and prepared before.
      for round in 1...3 {
        try transaction.later("INSERT INTO t VALUES (\(round), \("x"))")
        let answers = try transaction.rows(ofEach: [
          "SELECT count(*) FROM t", "UPDATE t SET v = \("y") WHERE id = \(round)",
          "SELECT id, v FROM t WHERE id <= \(round) ORDER BY id",
        ])
        #expect(answers.count == 3)
        #expect(try answers[0].first?.value(0) == round)
        #expect(answers[1].isEmpty && answers[1].affected == 1)
        #expect(try answers[2].map { try $0.value(0, as: Int.self) } == Array(1...round))
      }
      #expect(try transaction.rows(ofEach: []).isEmpty)
    }
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        _ = try transaction.rows(ofEach: ["SELECT 1", "SELECT 1 / 0", "SELECT 2"])
      }
    }
    #expect(error?.sqlstate == "22012" && error?.statement == "SELECT 1 / 0")
    await connection.close()
  }

  @Test func `a failure is thrown where it is found, with its own statement, and nothing stays`()
    async throws
  {
    let connection = try await open()
    let reached = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.later("INSERT INTO t VALUES (1, \("canary-41c9"))")
        try transaction.later("INSERT INTO t SELECT id, v FROM t WHERE v = \("canary-41c9")")
        try transaction.later("SELECT 1 / 0")
        try transaction.execute("INSERT INTO t VALUES (2, 'never')")
      }
    }
    let refused = try #require(reached)
    #expect(refused.code == .refused)
    #expect(refused.sqlstate == "23505")
    #expect(refused.object == "t_pkey")
    #expect(refused.statement == "INSERT INTO t SELECT id, v FROM t WHERE v = $1")
    #expect(!"\(refused)".contains("canary"))
    let atCommit = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.later("INSERT INTO t VALUES (1, 'a')")
        try transaction.later("SELECT 1 / 0")
      }
    }
    #expect(atCommit?.code == .refused)
    #expect(atCommit?.sqlstate == "22012")
    #expect(atCommit?.statement == "SELECT 1 / 0")
    #expect(try await ids(connection) == [])
    await connection.close()
  }

  @Test func `a failure that is swallowed cannot look like a commit`() async throws {
    let connection = try await open()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.later("INSERT INTO t VALUES (1, 'a')")
        try transaction.later("INSERT INTO t VALUES (1, 'b')")
        _ = try? transaction.flush()
        try transaction.later("INSERT INTO t VALUES (2, 'c')")
      }
    }
    #expect(error?.sqlstate == "25P02")
    #expect(try await ids(connection) == [])
    await connection.close()
  }

  @Test func `a loss that is swallowed is told as a loss, and nothing of it stays`() async throws {
    let connection = try await open()
    for isAlone in [true, false] {
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { transaction in
          try transaction.later("INSERT INTO t VALUES (1, 'a')")
          if isAlone { try transaction.flush() }
          _ = try? transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())")
          try transaction.later("INSERT INTO t VALUES (2, 'b')")
        }
      }
      #expect(error?.code == .lost)
      #expect(try await ids(connection) == [])
    }
    await connection.close()
  }

  @Test func `what a closure that throws left waiting is never sent`() async throws {
    let connection = try await open()
    await #expect(throws: Change.self) {
      try await connection.transaction { transaction in
        try transaction.later("INSERT INTO t VALUES (1, 'a')")
        throw Change()
      }
    }
    try await connection.transaction { try $0.later("INSERT INTO t VALUES (2, 'b')") }
    #expect(try await ids(connection) == [2])
    await connection.close()
  }

  @Test func `a failure belongs to the savepoint in which it waited, and the others go on`()
    async throws
  {
    let connection = try await open()
    try await connection.transaction { transaction in
      try transaction.later("INSERT INTO t VALUES (1, 'a')")
      let refused = failure {
        try transaction.savepoint { inner in
          try inner.later("INSERT INTO t VALUES (2, 'b')")
          try inner.later("INSERT INTO t VALUES (1, 'b')")
          try inner.later("INSERT INTO t VALUES (3, 'b')")
        }
      }
      #expect((refused as? PostgresError)?.sqlstate == "23505")
      try transaction.savepoint { try $0.later("INSERT INTO t VALUES (4, 'd')") }
      // Nothing of this one was sent before it threw, and of the next one something.
      let unsent = failure {
        try transaction.savepoint { inner in
          try inner.later("INSERT INTO t VALUES (5, 'e')")
          throw Change()
        }
      }
      let sent = failure {
        try transaction.savepoint { inner in
          try inner.execute("INSERT INTO t VALUES (6, 'f')")
          try inner.later("INSERT INTO t VALUES (7, 'f')")
          throw Change()
        }
      }
      #expect(unsent is Change && sent is Change)
      try transaction.savepoint { try $0.later("INSERT INTO t VALUES (8, 'h')") }
    }
    #expect(try await ids(connection) == [1, 4, 8])
    await connection.close()
  }

  @Test func `a savepoint inside another undoes its own alone`() async throws {
    let connection = try await open()
    try await connection.transaction { transaction in
      try transaction.savepoint { outer in
        let unsent = failure {
          try outer.savepoint { inner in
            try inner.later("INSERT INTO t VALUES (1, 'a')")
            throw Change()
          }
        }
        try outer.later("INSERT INTO t VALUES (2, 'b')")
        let refused = failure {
          try outer.savepoint { try $0.later("INSERT INTO t VALUES (2, 'c')") }
        }
        #expect(unsent is Change && refused is PostgresError)
        try outer.later("INSERT INTO t VALUES (3, 'd')")
      }
    }
    #expect(try await ids(connection) == [2, 3])
    await connection.close()
  }

  @Test func `what failed before a savepoint is not its failure`() async throws {
    let connection = try await open()
    let isEntered = Flag()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.later("SELECT 1 / 0")
        try transaction.savepoint { _ in isEntered.raise() }
      }
    }
    #expect(error?.sqlstate == "22012")
    #expect(!isEntered.isRaised)
    await connection.close()
  }

  @Test func `only so many wait, and only so many bytes`() async throws {
    let session = try Session(try TestDatabase.configuration)
    try session.run("BEGIN")
    for number in 1..<Limits.queuedStatementsMax {
      try session.later("SELECT \(number)")
      #expect(!session.queue.isEmpty)
    }
    try session.later("SELECT 0")
    #expect(session.queue.isEmpty)
    try session.later("SELECT 1 / 0")
    #expect(throws: PostgresError.self) {
      try session.later("SELECT \([UInt8](repeating: 7, count: Limits.queuedBytesMax))")
    }
    #expect(session.queue.isEmpty)
    try session.run("ROLLBACK")
  }

  @Test func `values far larger than a socket's buffer arrive whole`() async throws {
    let connection = try await open()
    let sizes = [3_000_000, 1, 200_000, 5_000_000, 70_000]
    try await connection.transaction { transaction in
      for (index, size) in sizes.enumerated() {
        try transaction.later(
          "INSERT INTO t VALUES (\(index), \(String(repeating: "大", count: size / 3)))")
        // An answer as large, which is dropped.
        try transaction.later("SELECT v FROM t")
      }
    }
    let lengths: [Int] = try await connection.statement(
      "SELECT octet_length(v)::bigint FROM t ORDER BY id"
    ).map { try $0.value(0) }
    #expect(lengths == sizes.map { $0 / 3 * 3 })
    await connection.close()
  }

  @Test func `what waits is prepared as what does not, also after a failure`() async throws {
    let connection = try await open()
    try await connection.transaction { transaction in
      for number in 0..<10 {
        try transaction.later("INSERT INTO t VALUES (\(number), NULL)")
        #expect(try transaction.value("SELECT \(number) + 1") == number + 1)
      }
      let kept: Int? = try transaction.value("SELECT count(*) FROM pg_prepared_statements")
      #expect(kept == 2)
    }
    for _ in 0..<4 {
      // The second of these is prepared behind one that fails, so that it never comes to it.
      await #expect(throws: PostgresError.self) {
        try await connection.transaction { transaction in
          try transaction.later("INSERT INTO t VALUES (\(0), NULL)")
          try transaction.later("UPDATE t SET v = \("x") WHERE id = \(3)")
        }
      }
      try await connection.transaction { transaction in
        try transaction.later("UPDATE t SET v = \("y") WHERE id = \(4)")
        try transaction.later("DELETE FROM t WHERE id > \(9)")
        try transaction.later("INSERT INTO t VALUES (\(10), NULL)")
      }
    }
    for number in 0..<Limits.preparedUsesMax * 2 {
      try await connection.transaction { transaction in
        try transaction.later("UPDATE t SET v = \("\(number)") WHERE id = \(5)")
      }
    }
    let values: [String?] = try await connection.statement(
      "SELECT v FROM t WHERE id IN (4, 5) ORDER BY id"
    ).map { try $0.value(0) }
    #expect(values == ["y", "\(Limits.preparedUsesMax * 2 - 1)"])
    #expect(try await ids(connection) == Array(0...10))
    await connection.close()
  }

  @Test func `COPY waits for nobody`() async throws {
    let connection = try await open()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { try $0.later("COPY t FROM STDIN") }
    }
    #expect(error?.code == .misuse)
    await connection.close()
  }

  @Test func `cancelling the task cancels the statement that waited, and the rest is not run`()
    async throws
  {
    let connection = try await open()
    let observer = Connection(try TestDatabase.configuration)
    let task = Task {
      try await connection.transaction { transaction in
        try transaction.later("INSERT INTO t VALUES (1, 'a')")
        try transaction.later("SELECT pg_sleep(3600)")
        try transaction.later("INSERT INTO t VALUES (2, 'b')")
      }
    }
    var isRunning = false
    while !isRunning {
      isRunning =
        try await observer.statement(
          """
          SELECT count(*) > 0 FROM pg_stat_activity
          WHERE state = 'active' AND query = 'SELECT pg_sleep(3600)'
            AND datname = current_database()
          """
        ).first?.value(0) ?? false
    }
    task.cancel()
    let error = await #expect(throws: PostgresError.self) { _ = try await task.value }
    #expect(error?.code == .cancelled)
    #expect(try await ids(connection) == [])
    await connection.close()
    await observer.close()
  }

  @Test func `a connection that breaks among them leaves nothing, and the next use opens one`()
    async throws
  {
    let connection = try await open()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.later("INSERT INTO t VALUES (1, 'a')")
        try transaction.later("SELECT pg_terminate_backend(pg_backend_pid())")
        try transaction.later("INSERT INTO t VALUES (2, 'b')")
        try transaction.savepoint { _ = try $0.execute("INSERT INTO t VALUES (3, 'c')") }
      }
    }
    #expect(error?.code == .lost)
    #expect(error?.isUnavailable == true)
    #expect(try await ids(connection) == [])
    // With COMMIT among them nobody can say, and the caller has to look.
    let unknown = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.later("INSERT INTO t VALUES (1, 'a')")
        try transaction.later("SELECT pg_terminate_backend(pg_backend_pid())")
      }
    }
    #expect(unknown?.code == .outcomeUnknown)
    #expect(try await ids(connection) == [])
    await connection.close()
  }

  @Test func `only what the server says itself tells that a commit did not happen`() {
    let unread = PostgresError(.refused, statement: "SELECT 1", detail: "out of memory").ofCommit
    #expect(unread.code == .outcomeUnknown)
    #expect(unread.isUnavailable)
    #expect(PostgresError(.lost, sqlstate: "57P01").ofCommit.code == .outcomeUnknown)
    #expect(PostgresError(.lost).ofCommit.code == .outcomeUnknown)
    let refused = PostgresError(.refused, sqlstate: "23505", statement: "INSERT").ofCommit
    #expect(refused.code == .refused)
    #expect(refused.sqlstate == "23505")
    #expect(refused.statement == "INSERT")
    #expect(PostgresError(.timeout, sqlstate: "57014").ofCommit.code == .timeout)
    #expect(PostgresError(.refused, sqlstate: "40001").ofCommit.isRepeatable)
  }

  @Test func `a conflict found among them repeats the whole transaction`() async throws {
    let connection = try await open()
    try await connection.statement(
      """
      CREATE FUNCTION conflict() RETURNS void LANGUAGE plpgsql
      AS $$ BEGIN RAISE SQLSTATE '40001'; END $$
      """)
    let isRepeated = Flag()
    try await connection.transaction { transaction in
      try transaction.later("INSERT INTO t VALUES (1, 'a')")
      if !isRepeated.isRaised {
        isRepeated.raise()
        try transaction.later("SELECT conflict()")
      }
    }
    #expect(try await ids(connection) == [1])
    await connection.close()
  }
}
