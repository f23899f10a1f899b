import TestSupport
import Testing

@testable import Postgres

/// What is sent often is kept by the server, and what it keeps is never in the way.
@Suite(.timeLimit(.minutes(5)))
struct PreparedStatementTests {
  @Test func `a statement is prepared at its second use, and anew after many`() {
    var statements = PreparedStatements()
    #expect(statements.turn(of: "SELECT $1", [SQLBind(1)]) == .unprepared)
    #expect(
      statements.turn(of: "SELECT $1", [SQLBind(1)]) == .preparing("guantong_1", after: nil))
    for _ in 1..<Limits.preparedUsesMax {
      #expect(statements.turn(of: "SELECT $1", [SQLBind(2)]) == .prepared("guantong_1"))
    }
    #expect(
      statements.turn(of: "SELECT $1", [SQLBind(3)])
        == .preparing("guantong_2", after: "DEALLOCATE guantong_1"))
    // The same text with another type is another statement.
    #expect(statements.turn(of: "SELECT $1", [SQLBind("text")]) == .unprepared)
  }

  @Test func `what has no plan, or an array that is long, is never prepared`() {
    var statements = PreparedStatements()
    let long = Array(repeating: 1, count: Limits.preparedElementsMax + 1)
    for _ in 0..<3 {
      #expect(statements.turn(of: "COMMIT", []) == .unprepared)
      #expect(statements.turn(of: "SELECT $1", [SQLBind(long)]) == .unprepared)
    }
    #expect(statements.turn(of: "SELECT $1", [SQLBind(Array(long.dropLast()))]) == .unprepared)
    let second = statements.turn(of: "SELECT $1", [SQLBind([Int]())])
    #expect(second == .preparing("guantong_1", after: nil))
  }

  @Test func `a fragment that is used again says the same in fewer pieces`() {
    let names = SQL.joined(["a", "b", "c"].map { "\(unsafeIdentifier: $0)" }, by: ", ")
    let sql: SQL = "SELECT \(names), \(7) FROM t WHERE \(names) = \("x")"
    let (text, binds) = sql.compacted().rendered()
    #expect(text == sql.rendered().text)
    #expect(text == #"SELECT "a", "b", "c", $1 FROM t WHERE "a", "b", "c" = $2"#)
    #expect(binds.map(\.bytes) == sql.rendered().binds.map(\.bytes))
    #expect(sql.compacted().pieces.count == 4)
    #expect(SQL("SELECT 1").compacted().rendered().text == "SELECT 1")
  }

  @Test func `only so many are kept, and none after they were forgotten`() {
    var statements = PreparedStatements()
    for index in 0..<Limits.preparedStatementsMax {
      for _ in 0..<2 { _ = statements.turn(of: "SELECT \(index)", []) }
    }
    #expect(statements.turn(of: "SELECT more", []) == .unprepared)
    #expect(
      statements.turn(of: "SELECT more", [])
        == .preparing("guantong_257", after: "DEALLOCATE ALL"))
    #expect(statements.turn(of: "SELECT 0", []) == .unprepared)
    statements.forget()
    #expect(statements.turn(of: "SELECT more", []) == .unprepared)
  }

  @Test(.emptyDatabase) func `the server keeps what was sent twice, under the same result`()
    async throws
  {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.transaction { transaction in
      for number in 0..<10 {
        #expect(try transaction.value("SELECT \(number) + 1") == number + 1)
      }
      let kept: Int? = try transaction.value("SELECT count(*) FROM pg_prepared_statements")
      #expect(kept == 1)
    }
    await connection.close()
  }

  @Test(.emptyDatabase) func `a short list is planned once, and one of any length is found whole`()
    async throws
  {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement("CREATE TABLE long (id bigint PRIMARY KEY, v text)")
    try await connection.statement(
      "INSERT INTO long SELECT n, repeat('x', 100) FROM generate_series(1, 20000) AS n")
    try await connection.statement("ANALYZE long")
    for count in [0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 64, 65, 1_000] {
      let ids = Array(1..<(1 + count))
      let joined = try await connection.statement(
        "SELECT id FROM unnest(\(SQL.list(ids))) AS l (n) JOIN long ON id = n")
      let named = try await connection.statement(
        "SELECT id FROM long WHERE id = ANY(\(SQL.list(ids))::bigint[])")
      #expect(try joined.map { try $0.value(0, as: Int.self) }.sorted() == ids)
      #expect(try named.map { try $0.value(0, as: Int.self) }.sorted() == ids)
    }
    let planned = try await connection.statement(
      """
      SELECT count(*) FROM pg_prepared_statements
      WHERE generic_plans > 0 AND custom_plans <= 5 AND statement LIKE '%FROM%long%'
      """)
    #expect(try planned.first?.value(0) == 2)
    await connection.close()
  }

  @Test(.emptyDatabase) func `a column that changes its type fails one transaction at most`()
    async throws
  {
    let connection = Connection(try TestDatabase.configuration)
    let other = Connection(try TestDatabase.configuration)
    try await other.statement("CREATE TABLE kept (value integer)")
    try await other.statement("INSERT INTO kept VALUES (7)")
    for _ in 0..<3 {
      #expect(try await connection.statement("SELECT * FROM kept").count == 1)
    }
    try await other.statement("ALTER TABLE kept ALTER COLUMN value TYPE text")
    await #expect(throws: PostgresError.self) {
      try await connection.statement("SELECT * FROM kept")
    }
    for _ in 0..<3 {
      #expect(try await connection.statement("SELECT * FROM kept").first?.value(0) == "7")
    }
    await connection.close()
    await other.close()
  }

  @Test(.emptyDatabase) func `a failed statement is not kept, and those after it go on`()
    async throws
  {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement("CREATE TABLE lonely (value bigint PRIMARY KEY)")
    for round in 0..<4 {
      try await connection.statement("INSERT INTO lonely VALUES (\(round))")
      await #expect(throws: PostgresError.self) {
        try await connection.statement("INSERT INTO lonely VALUES (\(round))")
      }
      await #expect(throws: PostgresError.self) {
        try await connection.transaction { try $0.execute("SELECT nothing FROM nowhere") }
      }
    }
    let count: Int? = try await connection.statement("SELECT count(*) FROM lonely").first?.value(0)
    #expect(count == 4)
    await connection.close()
  }
}
