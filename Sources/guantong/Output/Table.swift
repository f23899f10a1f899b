/// Rows and columns for people, or for programs that cut lines at tabs.
struct Table: Hashable, Sendable {
  /// One column.
  struct Column: Hashable, Sendable {
    /// Its name for programs.
    var name: String
    /// Its head for people.
    var title: String
    /// Whether it holds numbers, which end at the same place.
    var isNumeric = false
  }

  /// One cell.
  struct Cell: Hashable, Sendable {
    /// What programs read.
    var raw: String
    /// What people read; the raw text when empty.
    var shown: String
    /// Its style on a terminal.
    var style: Style

    /// A cell that reads the same for both.
    init(_ raw: String, shown: String? = nil, style: Style = .plain) {
      self.raw = raw
      self.shown = shown ?? raw
      self.style = style
    }
  }

  /// The columns.
  var columns: [Column]
  /// The rows; each has one cell for each column.
  var rows: [[Cell]]
  /// Whether people are shown nothing when there is no row, because a line above says it.
  var isHiddenWhenEmpty = false

  /// Lines for a terminal: columns padded by display width, two blanks between them.
  func lines(paint: Paint) -> [String] {
    let heads = columns.map { Cell($0.title, style: .bold) }
    let widths = columns.indices.map { column in
      ([heads] + rows).map { DisplayWidth.of($0[column].shown) }.max() ?? 0
    }
    return ([heads] + rows).map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let gap = String(
          repeating: " ", count: max(0, widths[column] - DisplayWidth.of(cell.shown)))
        let isLast = column == row.count - 1
        let text = paint(cell.shown, cell.style)
        line += columns[column].isNumeric ? gap + text : text + (isLast ? "" : gap)
        if !isLast { line += "  " }
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  /// Lines of tab-separated values: names first, raw cells after, no tab or line break inside.
  func tabbed() -> [String] {
    ([columns.map(\.name)] + rows.map { $0.map(\.raw) }).map { row in
      row.map { $0.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined() }
        .joined(separator: "\t")
    }
  }

  /// Comma-separated lines, RFC 4180; a cell that a spreadsheet would run is quoted by `'`.
  ///
  /// What matters here is single scalars, as spreadsheets read them: a combining mark after a quote
  /// or a comma makes one character with it, which is equal to neither.
  func commaSeparated() -> [String] {
    ([columns.map(\.name)] + rows.map { $0.map(\.raw) }).map { row in
      row.map(Self.quoted).joined(separator: ",")
    }
  }

  private static func quoted(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map(formulaSigns.contains) ?? false
    let safe = isFormula && Int(text) == nil ? "'\(text)" : text
    guard safe.unicodeScalars.contains(where: separators.contains) else { return safe }
    var quoted = "\"".unicodeScalars
    for scalar in safe.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }

  /// What makes a formula of a cell that begins with it, the full-width signs, too.
  private static let formulaSigns = Set("=+-@\t\r\n＝＋－＠".unicodeScalars)

  /// What stands inside quotes only.
  private static let separators = Set(
    ",\"\n\r\u{0B}\u{0C}\u{85}\u{2028}\u{2029}".unicodeScalars)
}
