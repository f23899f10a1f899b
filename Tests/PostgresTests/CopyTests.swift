import Postgres
import Synchronization
import TestSupport
import Testing

/// COPY in both directions and both forms.
@Suite(.emptyDatabase, .timeLimit(.minutes(5)))
struct CopyTests {
  private func open() async throws -> Connection {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement("CREATE TABLE t (id bigint, v text, b bytea)")
    return connection
  }

  @Test func `rows of the binary form arrive with every hostile value`() async throws {
    let connection = try await open()
    let texts = ValueTests.hostile
    let written = try await connection.transaction { transaction in
      try transaction.copyIn(unsafeTable: "t", columns: ["id", "v", "b"]) { writer in
        for (id, text) in texts.enumerated() {
          try writer.row(id, text, Optional(Array(text.utf8)))
        }
        try writer.row(-1, String?.none, [UInt8]?.none)
      }
    }
    #expect(written == texts.count + 1)
    let back = try await connection.transaction(.read) { transaction in
      try transaction.rows("SELECT v, b FROM t WHERE id >= 0 ORDER BY id").map {
        try $0.values(String.self, [UInt8].self)
      }
    }
    #expect(back.map(\.0) == texts)
    #expect(back.map(\.1) == texts.map { Array($0.utf8) })
    await connection.close()
  }

  @Test func `lines of the text form arrive with every hostile value`() async throws {
    let connection = try await open()
    let texts = ValueTests.hostile
    try await connection.transaction { transaction in
      try transaction.copyIn(unsafeTable: "public.t", columns: ["id", "v"], format: .text) {
        writer in
        for (id, text) in texts.enumerated() { try writer.line(["\(id)", text]) }
        try writer.line(["-1", nil])
      }
    }
    let (back, nulls) = try await connection.transaction(.read) { transaction in
      (
        try transaction.rows("SELECT v FROM t WHERE id >= 0 ORDER BY id").map {
          try $0.value(0, as: String.self)
        },
        try transaction.value("SELECT count(*) FROM t WHERE v IS NULL", as: Int.self)
      )
    }
    #expect(back == texts)
    #expect(nulls == 1)
    await connection.close()
  }

  private struct Change: Error {}

  @Test func `a COPY that fails half-way leaves nothing and the connection usable`() async throws {
    let connection = try await open()
    await #expect(throws: Change.self) {
      try await connection.transaction { transaction in
        try transaction.copyIn(unsafeTable: "t", columns: ["id", "v"]) { writer in
          for id in 0..<10_000 { try writer.row(id, "text") }
          throw Change()
        }
      }
    }
    let refused = await #expect(throws: PostgresError.self) {
      try await connection.transaction { transaction in
        try transaction.copyIn(unsafeTable: "t", columns: ["id"], format: .text) { writer in
          try writer.line(["no number"])
        }
      }
    }
    #expect(refused?.sqlstate == "22P02")
    let count = try await connection.transaction(.read) {
      try $0.value("SELECT count(*) FROM t", as: Int.self)
    }
    #expect(count == 0)
    await connection.close()
  }

  @Test func `a query streams out line by line and may be given up`() async throws {
    let connection = try await open()
    let lines = Mutex<[String]>([])
    try await connection.transaction(.read) { transaction in
      try transaction.copyOut("SELECT n, E'a\\tb' FROM generate_series(1, 3) AS n") { chunk in
        lines.withLock { $0.append(String(decoding: chunk, as: UTF8.self)) }
      }
    }
    #expect(lines.withLock { $0 } == ["1\ta\\tb\n", "2\ta\\tb\n", "3\ta\\tb\n"])
    await #expect(throws: Change.self) {
      try await connection.transaction(.read) { transaction in
        try transaction.copyOut("SELECT n FROM generate_series(1, 10000000) AS n") { _ in
          throw Change()
        }
      }
    }
    let one = try await connection.transaction { try $0.value("SELECT 1::bigint", as: Int.self) }
    #expect(one == 1)
    await connection.close()
  }

  @Test func `COPY where a statement is expected is refused and harmless`() async throws {
    let connection = try await open()
    for statement: SQL in ["COPY t FROM STDIN", "COPY t TO STDOUT"] {
      let error = await #expect(throws: PostgresError.self) {
        try await connection.transaction { try $0.execute(statement) }
      }
      #expect(error?.code == .misuse)
    }
    let one = try await connection.transaction { try $0.value("SELECT 1::bigint", as: Int.self) }
    #expect(one == 1)
    await connection.close()
  }
}
