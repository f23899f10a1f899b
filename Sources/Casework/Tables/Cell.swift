package import Ledger

/// One value of a projected row.
package enum Cell: Sendable, Hashable {
  case null
  case text(String)
  case int(Int64)
  case bool(Bool)
  case uuid(RecordID)
  case bytes([UInt8])
  case date(CivilDate)
  case timestamp(Timestamp)
  case textArray([String])

  /// The type of the cell, nil for null.
  package var type: ColumnType? {
    switch self {
    case .null: nil
    case .text: .text
    case .int: .int
    case .bool: .bool
    case .uuid: .uuid
    case .bytes: .bytes
    case .date: .date
    case .timestamp: .timestamp
    case .textArray: .textArray
    }
  }
}

/// One row of one table, its cells in the order of the table's columns.
package struct ProjectedRow: Sendable, Hashable {
  /// The schema-qualified name of the table.
  package let table: String
  /// The cells.
  package let cells: [Cell]

  /// Makes a row.
  package init(table: String, cells: [Cell]) {
    self.table = table
    self.cells = cells
  }
}
