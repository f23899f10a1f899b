/// One table of the `casework` schema as data; the SQL and its comments are made from it.
///
/// Every row of such a table is a function of the set of stored change sets, so two replicas that
/// hold the same set hold the same rows.
package struct TableSchema: Sendable, Hashable {
  /// The schema-qualified name, such as `casework.document`.
  package let name: String
  /// What one row is.
  package let term: Term
  /// The columns, in their order.
  package let columns: [Column]
  /// The names of the columns of the primary key, in their order.
  package let key: [String]

  /// Whether the rows come from sealed parts, and so are closed to the reader role.
  package var isSealed: Bool { name.hasPrefix("casework.sealed_") }

  /// The positions of the key's columns.
  package var keyPositions: [Int] {
    key.compactMap { name in columns.firstIndex { $0.name == name } }
  }

  /// One column.
  package struct Column: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The type of its cells.
    package let type: ColumnType
    /// Whether a cell may be null.
    package let isNullable: Bool
    /// What it says.
    package let term: Term

    init(_ name: String, _ type: ColumnType, null: Bool = false, _ zh: String, _ en: String) {
      self.name = name
      self.type = type
      isNullable = null
      term = Term(zh, en)
    }
  }
}

/// The type of a column.
package enum ColumnType: String, Sendable, Hashable, CaseIterable {
  case text, int, bool, uuid, bytes, date, timestamp, textArray

  /// The type in PostgreSQL.
  package var sql: String {
    switch self {
    case .text: "text"
    case .int: "bigint"
    case .bool: "boolean"
    case .uuid: "uuid"
    case .bytes: "bytea"
    case .date: "date"
    case .timestamp: "timestamptz"
    case .textArray: "text[]"
    }
  }
}
