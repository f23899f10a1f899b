/// A result copied out of libpq: it outlives the transaction and can cross tasks.
package struct Rows: Sendable, RandomAccessCollection {
  let table: ResultTable
  /// How many rows the statement wrote, or gave.
  package let affected: Int

  /// The first row's position.
  package var startIndex: Int { 0 }
  /// The position after the last row.
  package var endIndex: Int { table.count }
  /// One row.
  package subscript(position: Int) -> Row { Row(table: table, index: position) }
  /// The names of the columns, in their order.
  package var columns: [String] { table.names }
}

/// One row of a result.
package struct Row: Sendable {
  let table: ResultTable
  let index: Int

  /// The cell of a column by position; a column that is not there is a decoding error.
  package func cell(_ column: Int) throws(PostgresError) -> SQLCell {
    guard table.names.indices.contains(column) else {
      throw PostgresError(.decoding, object: "column \(column)", detail: "no such column")
    }
    let position = index * table.names.count + column
    let range = table.ranges[position]
    return SQLCell(
      oid: table.oids[column], bytes: range.map { table.bytes[$0] }, column: table.names[column])
  }

  /// The value of a column by position.
  package func value<Value: SQLValue>(
    _ column: Int, as type: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    try Value.decode(cell(column))
  }

  /// The value of a column by name.
  package func value<Value: SQLValue>(
    _ name: String, as type: Value.Type = Value.self
  ) throws(PostgresError) -> Value {
    guard let column = table.names.firstIndex(of: name) else {
      throw PostgresError(.decoding, object: name, detail: "no such column")
    }
    return try Value.decode(cell(column))
  }

  /// The values of the first columns, in their order.
  ///
  /// ```swift
  /// let (code, number) = try row.values(String.self, Int.self)
  /// ```
  package func values<each Value: SQLValue>(
    _ types: repeat (each Value).Type
  ) throws(PostgresError) -> (repeat each Value) {
    var column = -1
    func next<Next: SQLValue>(_ type: Next.Type) throws(PostgresError) -> Next {
      column += 1
      return try value(column, as: type)
    }
    return (repeat try next((each Value).self))
  }
}

/// The cells of one result in one buffer.
final class ResultTable: Sendable {
  let names: [String]
  let oids: [UInt32]
  let bytes: [UInt8]
  let ranges: [Range<Int>?]
  let count: Int

  init(names: [String], oids: [UInt32], bytes: [UInt8], ranges: [Range<Int>?], count: Int) {
    self.names = names
    self.oids = oids
    self.bytes = bytes
    self.ranges = ranges
    self.count = count
  }
}
