import Postgres
import TestSupport
import Testing

/// Values go to the server and come back as they were.
@Suite(.emptyDatabase, .timeLimit(.minutes(5)))
struct ValueTests {
  static let hostile = [
    "", "'; DROP TABLE t; --", "\\", "\"", "$1", "\t\n\r", "NULL", "{a,b}", "\u{1F600} 问题线索",
    "e\u{301}", "\u{FEFF}", String(repeating: "x", count: 100_000),
  ]

  private func echo<Value: SQLValue>(_ value: Value) async throws -> Value {
    let connection = Connection(try TestDatabase.configuration)
    let back = try await connection.transaction(.read) { transaction in
      try transaction.value("SELECT \(value)", as: Value.self)
    }
    await connection.close()
    return try #require(back)
  }

  @Test(arguments: hostile)
  func `text comes back byte for byte and is never SQL`(_ text: String) async throws {
    #expect(Array(try await echo(text).utf8) == Array(text.utf8))
    #expect(try await echo([text, text]) == [text, text])
    #expect(try await echo([text, nil] as [String?]) == [text, nil])
  }

  @Test func `a NUL in text is refused by the server, not cut`() async throws {
    let error = await #expect(throws: PostgresError.self) { _ = try await echo("a\0b") }
    #expect(error?.sqlstate == "22021")
  }

  @Test(arguments: [Int.min, -1, 0, 1, Int.max])
  func `integers of every size come back`(_ value: Int) async throws {
    #expect(try await echo(value) == value)
    #expect(try await echo(Int32(truncatingIfNeeded: value)) == Int32(truncatingIfNeeded: value))
    #expect(try await echo([value, nil, value] as [Int?]) == [value, nil, value])
  }

  @Test func `booleans, uuids and optionals come back`() async throws {
    #expect(try await echo([true, false]) == [true, false])
    let uuid = try #require(SQLUUID((0..<16).map { UInt8($0 * 16) }))
    #expect(try await echo(uuid) == uuid)
    #expect(try await echo([uuid, uuid]) == [uuid, uuid])
    #expect(try await echo(String?.none) == .none)
    #expect(try await echo([String]()) == [])
    #expect(SQLUUID([1, 2, 3]) == nil)
  }

  @Test func `bytes of every value and their arrays come back`() async throws {
    let bytes = (0...255).map { UInt8($0) }
    #expect(try await echo(bytes) == bytes)
    #expect(try await echo([UInt8]()) == [])
    #expect(try await echo([bytes, [], [0]]) == [bytes, [], [0]])
    #expect(try await echo([bytes, nil] as [[UInt8]?]) == [bytes, nil])
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", Int64(0)), ("2000-01-01T00:00:00Z", 946_684_800_000_000),
    ("2026-11-24T01:02:03.456789Z", 1_795_482_123_456_789),
    ("1969-12-31T23:59:59.999999Z", -1),
  ])
  func `an instant is the one that PostgreSQL reads`(text: String, value: Int64) async throws {
    let connection = Connection(try TestDatabase.configuration)
    let (parsed, same) = try await connection.transaction { transaction in
      let row = try #require(
        try transaction.firstRow(
          "SELECT \(text)::timestamptz, \(text)::timestamptz = \(SQLTimestamp(microseconds: value))"
        ))
      return try row.values(SQLTimestamp.self, Bool.self)
    }
    #expect(parsed.microseconds == value)
    #expect(same)
    await connection.close()
  }

  @Test(arguments: [("1970-01-01", Int32(0)), ("2000-01-01", 10_957), ("1912-02-12", -21_143)])
  func `a date is the one that PostgreSQL reads`(text: String, days: Int32) async throws {
    let connection = Connection(try TestDatabase.configuration)
    let parsed = try await connection.transaction { transaction in
      try transaction.value("SELECT \(text)::date", as: SQLDate.self)
    }
    #expect(parsed?.days == days)
    #expect(try await echo(SQLDate(days: days)).days == days)
    await connection.close()
  }

  @Test(arguments: [
    "0", "0.00", "1", "-1", "10000", "9999", "12345678901234567890.0987654321", "-0.001",
    "0.0001", "100000000", "0.00010000",
  ])
  func `a number keeps its digits and its scale`(_ text: String) async throws {
    let number = try #require(SQLNumeric(text))
    #expect(try await echo(number).text == text)
    let connection = Connection(try TestDatabase.configuration)
    let agreed = try await connection.transaction { transaction in
      try transaction.value("SELECT \(text)::numeric = \(number)", as: Bool.self)
    }
    #expect(agreed == true)
    await connection.close()
  }

  @Test(arguments: ["", "-", "1e5", "NaN", ".5", "5.", "1.2.3", "٣"])
  func `what is no plain number is no numeric`(_ text: String) {
    #expect(SQLNumeric(text) == nil)
  }

  @Test func `JSON is checked by the server and comes back in its normal form`() async throws {
    #expect(
      try await echo(SQLJSON(#"{"b":1,"a":[true,null]}"#)).text == #"{"a": [true, null], "b": 1}"#)
    let error = await #expect(throws: PostgresError.self) { _ = try await echo(SQLJSON("{")) }
    #expect(error?.sqlstate == "22P02")
  }

  @Test func `a result of another type or NULL is a decoding error that names the column`()
    async throws
  {
    let connection = Connection(try TestDatabase.configuration)
    for statement: SQL in ["SELECT 1.5 AS x", "SELECT NULL::bigint AS x", "SELECT 'a' AS x"] {
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { try $0.value(statement, as: Int.self) }
      }
      #expect(error?.code == .decoding)
      #expect(error?.object == "x")
    }
    await connection.close()
  }

  @Test func `a hostile name is a name`() async throws {
    let connection = Connection(try TestDatabase.configuration)
    let name = #"a"; DROP SCHEMA public; --"#
    let columns = try await connection.transaction { transaction in
      try transaction.execute(
        "CREATE TABLE \(unsafeIdentifier: name) (\(unsafeIdentifier: name) text)")
      return try transaction.rows("SELECT * FROM \(unsafeIdentifier: name)").columns
    }
    #expect(columns == [name])
    await connection.close()
  }
}
