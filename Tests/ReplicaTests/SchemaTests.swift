import Casework
import FoundationEssentials
import Postgres
import Replica
import TestSupport
import Testing

/// What the database is like after the migrations.
@Suite(.timeLimit(.minutes(5)))
struct SchemaTests {
  @Test func `the casework section of the readable schema is made from the table schemas`() throws {
    let text = try #require(Repository.text("Schema/sql/schema.sql"))
    let (start, end) = ("-- <casework>\n", "-- </casework>\n")
    let from = try #require(text.firstRange(of: start)).upperBound
    let to = try #require(text.firstRange(of: end)).lowerBound
    let made = Tables.all.map { $0.definition }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["REWRITE"] == "1" {
      let renewed = text[..<from] + made + text[to...]
      try Data(renewed.utf8).write(to: URL(filePath: "\(Repository.root)/Schema/sql/schema.sql"))
      return
    }
    #expect(text[from..<to] == made[...])
  }

  @Test(.emptyDatabase) func `the readable schema and the migrations make the same database`()
    async throws
  {
    let connection = Connection(try TestDatabase.configuration)
    try await Schema.migrate(connection)
    let migrated = try await Self.catalogue(connection)
    try await connection.statement("DROP SCHEMA ledger, exchange, casework, office CASCADE")
    let text = try #require(Repository.text("Schema/sql/schema.sql"))
    try await connection.transaction { try $0.runScript(unsafeText: text) }
    let readable = try await Self.catalogue(connection)
    #expect(migrated.count > 300)
    #expect(migrated.subtracting(readable) == [])
    #expect(readable.subtracting(migrated) == [])
    await connection.close()
  }

  @Test(.database) func `every schema, table and column says what it is`() async throws {
    let connection = Connection(try TestDatabase.configuration)
    let silent = try await connection.transaction(.read) { transaction in
      try transaction.rows(
        """
        SELECT c.oid::regclass::text || coalesce('.' || a.attname, '')
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE n.nspname IN ('ledger', 'exchange', 'casework', 'office') AND c.relkind = 'r'
          AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)
        """
      ).map { try $0.value(0, as: String.self) }
    }
    #expect(silent == [])
    await connection.close()
  }

  @Test(.database) func `the casework tables are the table schemas, column by column`() async throws
  {
    let connection = Connection(try TestDatabase.configuration)
    let found = try await connection.transaction(.read) { transaction in
      try transaction.rows(
        """
        SELECT 'casework.' || c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull,
          coalesce(array_position(i.indkey::smallint[], a.attnum), -1)::bigint
        FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
        JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
        WHERE c.relnamespace = 'casework'::regnamespace AND a.attnum > 0
        ORDER BY c.relname COLLATE "C", a.attnum
        """
      ).map { row in
        let (table, column, type, isRequired, key) = try row.values(
          String.self, String.self, String.self, Bool.self, Int.self)
        return Column(table: table, name: column, type: type, isRequired: isRequired, key: key)
      }
    }
    let expected = Tables.all.flatMap { table in
      table.columns.map { column in
        Column(
          table: table.name, name: column.name,
          type: column.type == .timestamp ? "timestamp with time zone" : column.type.sql,
          isRequired: !column.isNullable, key: table.key.firstIndex(of: column.name) ?? -1)
      }
    }
    #expect(found == expected)
    await connection.close()
  }

  private struct Column: Equatable {
    let table: String
    let name: String
    let type: String
    let isRequired: Bool
    let key: Int
  }

  /// Everything about the four schemas that matters, one line each.
  private static func catalogue(_ connection: Connection) async throws -> Set<String> {
    try await connection.transaction(.read) { transaction in
      let rows = try transaction.rows(
        """
        SELECT concat_ws(' ', table_schema, table_name, column_name, data_type, udt_name,
          is_nullable, column_default, is_identity, ordinal_position,
          col_description((quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass,
            ordinal_position::int))
        FROM information_schema.columns
        WHERE table_schema IN ('ledger', 'exchange', 'casework', 'office')
        UNION ALL
        SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' '
          || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace::regnamespace::text
          IN ('ledger', 'exchange', 'casework', 'office')
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes
        WHERE schemaname IN ('ledger', 'exchange', 'casework', 'office')
        UNION ALL
        SELECT 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace::regnamespace::text IN ('ledger', 'exchange', 'casework', 'office')
        UNION ALL
        SELECT 'rights ' || oid::regclass || ' ' || coalesce(relacl::text, '') || ' '
          || coalesce(obj_description(oid), '')
        FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text
          IN ('ledger', 'exchange', 'casework', 'office')
        """)
      return Set(try rows.map { try $0.value(0, as: String.self) })
    }
  }
}

extension TableSchema {
  /// The table as `schema.sql` has it.
  fileprivate var definition: String {
    let width = (columns.map(\.name.count).max() ?? 0) + 2
    var lines = ["CREATE TABLE \(name) ("]
    for column in columns {
      let padding = String(repeating: " ", count: width - column.name.count)
      let null = column.isNullable ? "" : " NOT NULL"
      let check = column.name == "dossier" ? " CHECK (octet_length(dossier) = 32)" : ""
      lines.append("  \(column.name)\(padding)\(column.type.sql)\(null)\(check),")
    }
    lines.append("  PRIMARY KEY (\(key.joined(separator: ", ")))")
    lines.append(");")
    if key.first != "dossier" {
      let short = name.dropFirst("casework.".count)
      lines.append("CREATE INDEX \(short)_dossier ON \(name) (dossier);")
    }
    lines.append(comment("TABLE \(name)", term))
    for column in columns {
      lines.append(comment("COLUMN \(name).\(column.name)", column.term))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// On two lines where one would be longer than a line of the embedded file may be.
  private func comment(_ object: String, _ term: Term) -> String {
    let line = "COMMENT ON \(object) IS '\(quoted(term))';"
    return line.count <= 96 ? line : "COMMENT ON \(object) IS\n  '\(quoted(term))';"
  }

  private func quoted(_ term: Term) -> String {
    "\(term.zh): \(term.en)".split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''")
  }
}
