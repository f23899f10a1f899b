import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Postgres

/// A cancelled task cancels its own statement and no other.
@Suite(.emptyDatabase, .timeLimit(.minutes(5)))
struct CancellationTests {
  /// Waits until a statement of another session is running.
  private func waitUntilRunning(_ text: String) async throws {
    let observer = Connection(try TestDatabase.configuration)
    var isRunning = false
    while !isRunning {
      isRunning =
        try await observer.transaction { transaction in
          try transaction.value(
            """
            SELECT count(*) > 0 FROM pg_stat_activity
            WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE \("%\(text)%")
              AND datname = current_database() AND backend_type = 'client backend'
            """, as: Bool.self)
        } ?? false
    }
    await observer.close()
  }

  @Test func `cancelling the task cancels the query on the server`() async throws {
    let connection = Connection(try TestDatabase.configuration)
    let task = Task {
      try await connection.transaction { try $0.execute("SELECT pg_sleep(3600)") }
    }
    try await waitUntilRunning("pg_sleep(3600)")
    task.cancel()
    let error = await #expect(throws: PostgresError.self) { _ = try await task.value }
    #expect(error?.code == .cancelled)
    #expect(error?.sqlstate == "57014")
    let one = try await connection.transaction { try $0.value("SELECT 1::bigint", as: Int.self) }
    #expect(one == 1)
    await connection.close()
  }

  @Test func `cancelling one that waits leaves the running one alone`() async throws {
    let connection = Connection(try TestDatabase.configuration)
    let gate = Connection(try TestDatabase.configuration)
    try await gate.statement("CREATE TABLE gate (open boolean)")
    try await gate.statement("INSERT INTO gate VALUES (false)")
    let first = Task {
      try await connection.transaction { transaction in
        var isOpen = false
        while !isOpen {
          isOpen = try transaction.value("SELECT open FROM gate", as: Bool.self) ?? false
          _ = try transaction.rows("SELECT pg_sleep(0.002)")
        }
        return "done"
      }
    }
    try await waitUntilRunning("pg_sleep(0.002)")
    let second = Task {
      try await connection.transaction { try $0.execute("INSERT INTO gate VALUES (true)") }
    }
    second.cancel()
    try await gate.statement("UPDATE gate SET open = true")
    #expect(try await first.value == "done")
    let error = await #expect(throws: PostgresError.self) { _ = try await second.value }
    #expect(error?.code == .cancelled)
    let rows = try await gate.transaction {
      try $0.value("SELECT count(*) FROM gate", as: Int.self)
    }
    #expect(rows == 1)
    await connection.close()
    await gate.close()
  }

  @Test func `a cancellation that the server does not take holds up nobody and hits nobody else`()
    async throws
  {
    let cluster = try await TestCluster.start()
    defer { cluster.stop() }
    let connection = Connection(cluster.configuration())
    let gate = Connection(cluster.configuration())
    let process = try #require(try await Self.process(of: connection))
    // The gate's session holds the lock until it is given back.
    try await gate.statement("SELECT pg_advisory_lock(1)")
    let waiting = Task {
      try await connection.transaction { try $0.execute("SELECT pg_advisory_xact_lock(1)") }
    }
    try await gate.transaction { transaction in
      while try transaction.value(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted", as: Int.self)
        == 0
      {}
    }
    // A stopped postmaster takes no cancellation; the sessions that are there go on.
    let postmaster = try Self.postmaster(of: cluster)
    kill(postmaster, SIGSTOP)
    defer { kill(postmaster, SIGCONT) }
    waiting.cancel()
    while !connection.isCancelling { await Task.yield() }
    try await gate.statement("SELECT pg_advisory_unlock(1)")
    _ = try await waiting.value
    // The next job does not wait for ever: it gives the session up, whose process ends.
    let next = Task { try await Self.process(of: connection) }
    while Kernel.field("State", of: process)?.hasPrefix("Z") == false { await Task.yield() }
    kill(postmaster, SIGCONT)
    let other = try #require(try await next.value)
    #expect(other != process)
    await connection.close()
    await gate.close()
  }

  private static func process(of connection: Connection) async throws -> Int32? {
    try await connection.transaction {
      try $0.value("SELECT pg_backend_pid()::bigint", as: Int.self)
    }.map { Int32($0) }
  }

  private static func postmaster(of cluster: TestCluster) throws -> Int32 {
    let file = FileManager.default.contents(atPath: "\(cluster.directory)/data/postmaster.pid")
    let text = String(decoding: file ?? Data(), as: UTF8.self)
    return try #require(text.split(separator: "\n").first.flatMap { Int32($0) })
  }

  @Test func `a statement over its time is a time-out, not a cancellation`() async throws {
    var configuration = try TestDatabase.configuration
    configuration.statementTimeout = .milliseconds(50)
    let connection = Connection(configuration)
    let error = await #expect(throws: PostgresError.self) {
      try await connection.transaction { try $0.execute("SELECT pg_sleep(3600)") }
    }
    #expect(error?.code == .timeout)
    await connection.close()
  }

  @Test func `waiting for a lock ends by the lock's time-out`() async throws {
    var configuration = try TestDatabase.configuration
    configuration.lockTimeout = .milliseconds(50)
    let holder = Connection(try TestDatabase.configuration)
    let waiter = Connection(configuration)
    try await holder.statement("CREATE TABLE t (id bigint)")
    let error = await #expect(throws: PostgresError.self) {
      try await holder.statement("SELECT pg_advisory_lock(1)")
      try await waiter.statement("SELECT pg_advisory_lock(1)")
    }
    #expect(error?.code == .timeout)
    #expect(error?.sqlstate == "55P03")
    await holder.close()
    await waiter.close()
  }

  @Test func `a pool serves in order, gives back what was cancelled and refuses when closed`()
    async throws
  {
    let pool = Pool(try TestDatabase.configuration, count: 2)
    let sums = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...40 {
        group.addTask {
          try await pool.transaction(.read) { transaction in
            try transaction.value("SELECT \(number)", as: Int.self) ?? 0
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sums == 820)
    let sleepers = (0..<6).map { _ in
      Task { try await pool.transaction { try $0.execute("SELECT pg_sleep(3600)") } }
    }
    try await waitUntilRunning("pg_sleep(3600)")
    for sleeper in sleepers { sleeper.cancel() }
    for sleeper in sleepers {
      let error = await #expect(throws: PostgresError.self) { _ = try await sleeper.value }
      #expect(error?.code == .cancelled)
    }
    let one = try await pool.transaction { try $0.value("SELECT 1::bigint", as: Int.self) }
    #expect(one == 1)
    await pool.close()
    let closed = await #expect(throws: PostgresError.self) {
      try await pool.transaction { try $0.execute("SELECT 1") }
    }
    #expect(closed?.code == .misuse)
  }
}
