internal import CPostgres

/// The form of the rows of a COPY.
package enum CopyFormat: String, Sendable {
  /// Lines of tab-separated cells with PostgreSQL's escapes.
  case text
  /// PostgreSQL's binary form; cells are ``SQLValue``s.
  case binary
}

/// Takes the rows of a COPY into a table.
package struct CopyWriter: ~Copyable {
  private let session: Session
  private let format: CopyFormat
  private let columnCount: Int
  private var buffer: [UInt8] = []

  init(session: Session, format: CopyFormat, columnCount: Int) {
    self.session = session
    self.format = format
    self.columnCount = columnCount
    if format == .binary {
      // Signature, flags, length of the header extension (documentation of COPY, file formats).
      buffer = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
    }
  }

  /// Writes one row of the binary form; as many values as columns, of exactly the columns' types.
  package mutating func row<each Value: SQLValue>(
    _ values: repeat each Value
  ) throws(PostgresError) {
    var cells: [[UInt8]?] = []
    for value in repeat each values { cells.append(value.encoded()) }
    guard format == .binary, cells.count == columnCount else {
      throw PostgresError(.misuse, detail: "a row for another format or number of columns")
    }
    buffer.append(bigEndian: Int16(cells.count))
    for cell in cells {
      guard let cell else {
        buffer.append(bigEndian: Int32(-1))
        continue
      }
      buffer.append(bigEndian: Int32(cell.count))
      buffer += cell
    }
    try flush(from: Limits.copyBufferBytes)
  }

  /// Writes one line of the text form; nil is NULL, everything else is escaped.
  package mutating func line(_ cells: [String?]) throws(PostgresError) {
    guard format == .text, cells.count == columnCount else {
      throw PostgresError(.misuse, detail: "a line for another format or number of columns")
    }
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: "\t")) }
      appendEscaped(cell)
    }
    buffer.append(UInt8(ascii: "\n"))
    try flush(from: Limits.copyBufferBytes)
  }

  private mutating func appendEscaped(_ cell: String?) {
    guard let cell else {
      buffer += Array("\\N".utf8)
      return
    }
    for byte in cell.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): buffer += Array("\\\\".utf8)
      case UInt8(ascii: "\t"): buffer += Array("\\t".utf8)
      case UInt8(ascii: "\n"): buffer += Array("\\n".utf8)
      case UInt8(ascii: "\r"): buffer += Array("\\r".utf8)
      default: buffer.append(byte)
      }
    }
  }

  mutating func finish() throws(PostgresError) {
    if format == .binary { buffer.append(bigEndian: Int16(-1)) }
    try flush(from: 1)
  }

  private mutating func flush(from count: Int) throws(PostgresError) {
    guard buffer.count >= count else { return }
    try session.putCopyData(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

extension Transaction {
  /// Fills a table by COPY, for initial loads; `unnest` is simpler and nearly as fast below that.
  ///
  /// Names are quoted, so they are no way into the statement; still, pass only names that ship
  /// with the program. When the closure throws, nothing of the COPY stays.
  @discardableResult
  package func copyIn(
    unsafeTable table: String, columns: [String], format: CopyFormat = .binary,
    _ body: (inout CopyWriter) throws -> Void
  ) throws -> Int {
    try assertCurrent()
    let list = SQL.joined(columns.map { "\(unsafeIdentifier: $0)" }, by: ", ")
    let options = SQL(unsafeText: "(FORMAT \(format.rawValue))")
    try session.beginCopy(
      "COPY \(unsafeQualifiedIdentifier: table) (\(list)) FROM STDIN \(options)",
      expecting: PGRES_COPY_IN)
    var writer = CopyWriter(session: session, format: format, columnCount: columns.count)
    do {
      try body(&writer)
      try writer.finish()
    } catch {
      // The server answers an abandoned COPY with an error by design; ours is the one to report.
      _ = try? session.endCopyIn(abandoning: "abandoned")
      throw error
    }
    return try session.endCopyIn()
  }

  /// Streams a query's rows by COPY, chunk by chunk (in text form, one line each).
  ///
  /// COPY takes no binds: put values that the query depends on into a temporary table or into a
  /// setting (`set_config` with a bind, then `current_setting` in the query).
  package func copyOut(
    _ query: SQL, format: CopyFormat = .text, _ body: ([UInt8]) throws -> Void
  ) throws {
    try assertCurrent()
    let options = SQL(unsafeText: "(FORMAT \(format.rawValue))")
    try session.beginCopy("COPY (\(query)) TO STDOUT \(options)", expecting: PGRES_COPY_OUT)
    do {
      while let chunk = try session.nextCopyChunk() { try body(chunk) }
    } catch {
      if session.isUsable {
        session.canceller.cancel()
        session.drain()
      }
      throw error
    }
  }
}
