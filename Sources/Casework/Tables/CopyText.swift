package import Ledger

/// Rows as PostgreSQL writes them with `COPY … TO STDOUT (FORMAT text)`, session time zone UTC.
///
/// The digest of a dossier is taken over these lines, so anybody can take it with `psql` alone.
package enum CopyText {
  /// One line with its newline.
  package static func line(_ row: ProjectedRow) -> String {
    row.cells.map(field).joined(separator: "\t") + "\n"
  }

  /// SHA-256 over the lines of the rows, ordered by table and primary key.
  ///
  /// - Returns: the digest; rows of tables that ``Tables`` does not know are left out.
  package static func digest(_ rows: [ProjectedRow]) -> Hash256 {
    .sha256(ordered(rows).flatMap { Array(line($0).utf8) })
  }

  /// The rows ordered by the name of the table and the bytes of the primary key.
  package static func ordered(_ rows: [ProjectedRow]) -> [ProjectedRow] {
    let keyed: [(ProjectedRow, [Key])] = rows.compactMap { row in
      guard let table = Tables.table(row.table) else { return nil }
      return (row, table.keyPositions.map { Key(row.cells[$0]) })
    }
    return keyed.sorted { one, other in
      if one.0.table != other.0.table { return one.0.table < other.0.table }
      return one.1.lexicographicallyPrecedes(other.1)
    }.map(\.0)
  }

  static func field(_ cell: Cell) -> String {
    switch cell {
    case .null: "\\N"
    case .text(let text): escaped(text)
    case .int(let number): String(number)
    case .bool(let flag): flag ? "t" : "f"
    case .uuid(let id): id.uuidString
    case .bytes(let bytes): "\\\\x" + Hex.encode(bytes)
    case .date(let date): date.description
    case .timestamp(let instant): timestamp(instant)
    case .textArray(let list): escaped(array(list))
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{B}": result += "\\v"
      case "\u{C}": result += "\\f"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The output form of `text[]`: an element is quoted when it is empty, reads as NULL, or holds a
  /// brace, a comma, a quote, a backslash or white space.
  private static func array(_ list: [String]) -> String {
    let elements = list.map { element -> String in
      let special = element.unicodeScalars.contains {
        "{},\"\\ \t\n\r\u{B}\u{C}".unicodeScalars.contains($0)
      }
      guard element.isEmpty || special || element.lowercased() == "null" else { return element }
      let inner = element.unicodeScalars.reduce(into: "") { text, scalar in
        if scalar == "\\" || scalar == "\"" { text.unicodeScalars.append("\\") }
        text.unicodeScalars.append(scalar)
      }
      return "\"\(inner)\""
    }
    return "{\(elements.joined(separator: ","))}"
  }

  /// The output form of `timestamptz` in UTC: `2023-03-07 01:02:03.5+00`, the fraction without
  /// trailing zeros.
  private static func timestamp(_ instant: Timestamp) -> String {
    let text = instant.description
    var body = text.hasSuffix("Z") ? String(text.dropLast()) : text
    if let mark = body.firstIndex(of: "T") { body.replaceSubrange(mark...mark, with: " ") }
    if body.contains(".") {
      while body.hasSuffix("0") { body.removeLast() }
      if body.hasSuffix(".") { body.removeLast() }
    }
    return body + "+00"
  }

  /// A key cell in the order of its PostgreSQL type under the "C" collation.
  private enum Key: Comparable {
    case int(Int64)
    case bytes([UInt8])

    init(_ cell: Cell) {
      switch cell {
      case .int(let number): self = .int(number)
      case .uuid(let id): self = .bytes(id.bytes)
      case .bytes(let bytes): self = .bytes(bytes)
      default: self = .bytes(Array(CopyText.field(cell).utf8))
      }
    }

    static func < (one: Key, other: Key) -> Bool {
      switch (one, other) {
      case (.int(let left), .int(let right)): left < right
      case (.bytes(let left), .bytes(let right)): left.lexicographicallyPrecedes(right)
      case (.int, .bytes): true
      case (.bytes, .int): false
      }
    }
  }
}
