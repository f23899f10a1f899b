import Postgres
import Testing

/// What every table of a node's database holds: its rows and a digest of them.
struct TableDigests: Sendable {
  /// Rows and digest by the qualified name of the table.
  let tables: [String: String]

  /// Reads all tables of all schemas of ours.
  ///
  /// The node's count of its writing transactions, which its own housekeeping moves, is left out.
  static func read(_ node: RealNode) async throws -> TableDigests {
    let connection = Connection(node.owner)
    let read: TableDigests
    do {
      read = try await connection.transaction { transaction in
        var tables: [String: String] = [:]
        let rows = try transaction.rows(
          """
          SELECT table_schema || '.' || table_name, (xpath('/row/told/text()', query_to_xml(format(
            'SELECT count(*) || '' rows '' || md5(
               coalesce(string_agg(line, chr(10) ORDER BY line), '''')) AS told
             FROM (SELECT (to_jsonb(t) - ''generation'')::text AS line FROM %I.%I AS t) AS lines',
            table_schema, table_name), false, true, '')))[1]::text
          FROM information_schema.tables
          WHERE table_schema IN ('ledger', 'exchange', 'office', 'casework')
            AND table_type = 'BASE TABLE'
          """)
        for row in rows {
          tables[try row.value(0, as: String.self)] = try row.value(1, as: String.self)
        }
        return TableDigests(tables: tables)
      }
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
    return read
  }

  /// The tables that differ, but for some.
  func changes(to other: TableDigests, except exceptions: Set<String>) -> [String] {
    tables.keys.filter { !exceptions.contains($0) && tables[$0] != other.tables[$0] }.sorted().map {
      "\($0): \(tables[$0] ?? "") → \(other.tables[$0] ?? "")"
    }
  }
}
