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
  ///
  /// The order is that of PostgreSQL under the "C" collation. Keys are spelled as ASCII first,
  /// because comparing strings is many times cheaper than comparing arrays of cells.
  package static func ordered(_ rows: [ProjectedRow]) -> [ProjectedRow] {
    let keyed: [(key: String, row: ProjectedRow)] = rows.compactMap { row in
      guard let key = keyPositions[row.table] else { return nil }
      return (row.table + key.reduce(into: "") { $0 += spelled(row.cells[$1]) }, row)
    }
    return keyed.sorted { $0.key < $1.key }.map(\.row)
  }

  /// The places of the key's columns of every table.
  private static let keyPositions = Dictionary(
    uniqueKeysWithValues: Tables.all.map { ($0.name, $0.keyPositions) })

  /// A key cell such that the order of the texts is the order of the cells.
  ///
  /// Integers are shifted to be positive and padded to 20 digits. Text in keys is an agency code,
  /// so ASCII, and U+0001 ends it before any character it can hold.
  private static func spelled(_ cell: Cell) -> String {
    switch cell {
    case .int(let number):
      let shifted = String(UInt64(bitPattern: number) ^ (1 << 63))
      return "\u{1}" + String(repeating: "0", count: 20 - shifted.utf8.count) + shifted
    case .text(let text): return "\u{1}" + text
    case .uuid(let id): return "\u{1}" + id.uuidString
    case .bytes(let bytes): return "\u{1}" + Hex.encode(bytes)
    default: return "\u{1}" + field(cell)
    }
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
    if !isMarked(text) { return text }
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

  /// Whether a text may hold a character that is escaped: few do.
  private static func isMarked(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x20 || bytes[index] == UInt8(ascii: "\\") { return true }
      index += 1
    }
    return false
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
}
