import Postgres
import Synchronization
import TestSupport
import Testing

/// Counts what happens in closures that run elsewhere.
private final class Counter: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  func increment() {
    count.add(1, ordering: .sequentiallyConsistent)
  }
}

/// Transactions happen wholly or not at all, one after another, and again when the server asks.
@Suite(.emptyDatabase, .timeLimit(.minutes(5)))
struct TransactionTests {
  private func open() async throws -> Connection {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement("CREATE TABLE t (id bigint PRIMARY KEY, v text)")
    return connection
  }

  private func count(_ connection: Connection) async throws -> Int {
    try #require(
      try await connection.transaction(.read) {
        try $0.value("SELECT count(*) FROM t", as: Int.self)
      })
  }

  private struct Change: Error {}

  @Test func `an error in the closure leaves nothing`() async throws {
    let connection = try await open()
    await #expect(throws: Change.self) {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1, 'a')")
        throw Change()
      }
    }
    #expect(try await count(connection) == 0)
    await connection.close()
  }

  @Test func `a swallowed failure cannot look like a commit`() async throws {
    let connection = try await open()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1, 'a')")
        _ = try? transaction.execute("INSERT INTO t VALUES (1, 'b')")
      }
    }
    #expect(error?.sqlstate == "25P02")
    #expect(try await count(connection) == 0)
    await connection.close()
  }

  @Test func `a savepoint keeps a failure to itself`() async throws {
    let connection = try await open()
    try await connection.transaction { transaction in
      try transaction.execute("INSERT INTO t VALUES (1, 'a')")
      _ = try? transaction.savepoint { try $0.execute("INSERT INTO t VALUES (1, 'b')") }
      try transaction.savepoint { _ = try $0.execute("INSERT INTO t VALUES (2, 'c')") }
    }
    #expect(try await count(connection) == 2)
    await connection.close()
  }

  @Test func `a refusal names SQLSTATE and constraint and shows no value`() async throws {
    let connection = try await open()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.execute("INSERT INTO t VALUES (1, \("canary-7f3a"))")
        try transaction.execute("INSERT INTO t SELECT 1, v FROM t")
      }
    }
    let unique = try #require(error)
    #expect(unique.sqlstate == "23505")
    #expect(unique.object == "t_pkey")
    let unparsable = await #expect(throws: PostgresError.self) {
      try await connection.transaction { try $0.execute("SELECT \("canary-7f3a")::bigint") }
    }
    #expect(unparsable?.sqlstate == "22P02")
    #expect(!"\(unique)\(try #require(unparsable))".contains("canary"))
    #expect(try #require(unparsable).detail.contains("canary"))
    await connection.close()
  }

  @Test func `a read-only transaction writes nothing`() async throws {
    let connection = try await open()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction(.read) { try $0.execute("INSERT INTO t VALUES (1, 'a')") }
    }
    #expect(error?.sqlstate == "25006")
    await connection.close()
  }

  @Test func `a serialization failure repeats the whole transaction`() async throws {
    let connection = try await open()
    try await connection.statement("INSERT INTO t VALUES (1, '0'), (2, '0')")
    let configuration = try TestDatabase.configuration
    let tries = Counter()
    // Two transactions that each read what the other writes: one of them must be repeated.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in [1, 2] {
        group.addTask {
          let own = Connection(configuration)
          try await own.transaction(.serializable) { transaction in
            let sum = try transaction.value("SELECT sum(v::bigint)::bigint FROM t", as: Int.self)
            tries.increment()
            // Both wait until both have read, in their first tries.
            if tries.value <= 2 {
              while tries.value < 2 {
                _ = try transaction.rows("SELECT pg_sleep(0.005)")
              }
            }
            try transaction.execute("UPDATE t SET v = \("\((sum ?? 0) + 1)") WHERE id = \(id)")
          }
          await own.close()
        }
      }
      try await group.waitForAll()
    }
    #expect(tries.value >= 3)
    let values = try await connection.transaction(.read) { transaction in
      try transaction.rows("SELECT v FROM t ORDER BY v").map { try $0.value(0, as: String.self) }
    }
    // As if one after the other: the second saw the first one's 1 and wrote 2.
    #expect(values == ["1", "2"])
    await connection.close()
  }

  @Test func `a deadlock repeats the whole transaction of its victim`() async throws {
    let connection = try await open()
    try await connection.statement("INSERT INTO t VALUES (1, ''), (2, '')")
    let configuration = try TestDatabase.configuration
    let firsts = Counter()
    let tries = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for order in [[1, 2], [2, 1]] {
        group.addTask {
          let own = Connection(configuration)
          try await own.transaction { transaction in
            tries.increment()
            try transaction.execute("SET LOCAL deadlock_timeout = '10ms'")
            try transaction.execute("UPDATE t SET v = v || 'x' WHERE id = \(order[0])")
            firsts.increment()
            // In their first tries both hold a row before either asks for the other's.
            while firsts.value < 2 { _ = try transaction.rows("SELECT pg_sleep(0.005)") }
            try transaction.execute("UPDATE t SET v = v || 'x' WHERE id = \(order[1])")
          }
          await own.close()
        }
      }
      try await group.waitForAll()
    }
    #expect(tries.value >= 3)
    let values = try await connection.transaction(.read) { transaction in
      try transaction.rows("SELECT v FROM t").map { try $0.value(0, as: String.self) }
    }
    // Each of the two is there once, in both rows: nothing of a victim's first try stayed.
    #expect(values == ["xx", "xx"])
    await connection.close()
  }

  @Test func `a conflict without end stops at the limit`() async throws {
    let connection = try await open()
    let tries = Counter()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        tries.increment()
        try transaction.execute("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
      }
    }
    #expect(error?.code == .contended)
    #expect(tries.value == Limits.transactionTries)
    await connection.close()
  }

  @Test func `two callers of one connection never mix their statements`() async throws {
    let connection = try await open()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in 0..<50 {
        group.addTask {
          try await connection.transaction { transaction in
            let before = try transaction.value("SELECT count(*) FROM t", as: Int.self) ?? -1
            try transaction.execute("INSERT INTO t VALUES (\(id), NULL)")
            let after = try transaction.value("SELECT count(*) FROM t", as: Int.self) ?? -1
            #expect(after == before + 1)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await count(connection) == 50)
    await connection.close()
  }

  @Test func `unnest writes many rows with one statement`() async throws {
    let connection = try await open()
    let ids = Array(1...1_000)
    let texts: [String?] = ids.map { $0 % 2 == 0 ? nil : "row \($0)" }
    let written = try await connection.transaction { transaction in
      try transaction.execute("INSERT INTO t SELECT * FROM unnest(\(ids), \(texts))")
    }
    #expect(written == 1_000)
    let seen = Mutex<[Int]>([])
    try await connection.transaction(.read) { transaction in
      try transaction.forEachBatch(of: 300, "SELECT id FROM t ORDER BY id") { batch in
        seen.withLock { $0.append(batch.count) }
      }
    }
    #expect(seen.withLock { $0 } == [300, 300, 300, 100])
    await connection.close()
  }

  @Test func `fragments keep their binds in order`() async throws {
    let connection = try await open()
    let conditions: [SQL] = ["id = \(1)", "v = \("x")"]
    let row: SQL =
      "SELECT \(7), \(SQL.joined(conditions, by: " OR ")) FROM (VALUES (2, 'x')) AS s (id, v)"
    let (seven, matches) = try await connection.transaction(.read) { transaction in
      try #require(try transaction.firstRow(row)).values(Int.self, Bool.self)
    }
    #expect(seven == 7)
    #expect(matches)
    await connection.close()
  }
}
