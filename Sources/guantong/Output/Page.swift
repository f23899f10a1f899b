import Office

/// What a command shows, before it is known for whom.
struct Page: Sendable {
  /// One piece of a page.
  enum Block: Sendable {
    /// A line that only people see.
    case line(String, Style = .plain)
    /// A text of several lines that programs read as one value, and people as it stands or as it is
    /// shown to them.
    case text(name: String, String, shown: String? = nil)
    /// Names and values, one a line.
    case fields([(name: String, title: String, cell: Table.Cell)])
    /// Rows; the name tells programs which table of several it is.
    case table(Table)
  }

  /// The pieces.
  var blocks: [Block] = []

  /// Adds a line for people.
  mutating func line(_ text: String, _ style: Style = .plain) {
    blocks.append(.line(text, style))
  }

  /// Lines for a terminal; `empty` stands for a table without rows.
  func lines(paint: Paint, empty: String = "") -> [String] {
    blocks.flatMap { block -> [String] in
      switch block {
      case .line(let text, let style): [paint(text, style)]
      case .text(_, let text, let shown):
        (shown ?? text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      case .fields(let fields): Self.fieldLines(fields, paint: paint)
      case .table(let table) where table.rows.isEmpty:
        table.isHiddenWhenEmpty ? [] : [paint(empty, .dim)]
      case .table(let table): table.lines(paint: paint)
      }
    }
  }

  /// Lines for programs: fields as `name<TAB>value`, tables with their names of columns.
  func programLines(_ write: (Table) -> [String]) -> [String] {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .line: continue
      case .text(let name, let text, _): lines += Self.pairs([(name, Table.Cell(text))], write)
      case .fields(let fields): lines += Self.pairs(fields.map { ($0.name, $0.cell) }, write)
      case .table(let table):
        if !lines.isEmpty { lines.append("") }
        lines += write(table)
      }
    }
    return lines
  }

  private static func pairs(
    _ pairs: [(name: String, cell: Table.Cell)], _ write: (Table) -> [String]
  ) -> ArraySlice<String> {
    let table = Table(
      columns: [Table.Column(name: "", title: ""), Table.Column(name: "", title: "")],
      rows: pairs.map { [Table.Cell($0.name), $0.cell] })
    return write(table).dropFirst()
  }

  private static func fieldLines(
    _ fields: [(name: String, title: String, cell: Table.Cell)], paint: Paint
  ) -> [String] {
    let width = fields.map { DisplayWidth.of($0.title) }.max() ?? 0
    return fields.filter { !$0.cell.shown.isEmpty }.map { field in
      let gap = String(repeating: " ", count: width - DisplayWidth.of(field.title))
      return "\(paint(field.title, .dim))\(gap)  \(paint(field.cell.shown, field.cell.style))"
    }
  }
}

/// An answer that people and programs can read as a page.
protocol Pageable {
  /// The page in the words of the reader.
  func page(_ words: Words) -> Page
}

/// The words of one reader.
struct Words: Sendable {
  /// The language.
  let language: Language
  /// Only ASCII signs.
  let isASCII: Bool

  /// A message of the catalogue.
  func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
    Catalogue.text(key, values, in: language)
  }

  /// A cell with a code for programs and its name for people.
  func code(_ group: String, _ code: String?, style: Style = .plain) -> Table.Cell {
    let code = code ?? ""
    return Table.Cell(
      code, shown: code.isEmpty ? "" : Catalogue.label(group, code, in: language), style: style)
  }

  /// A cell with an instant for programs and its local time for people; empty for none.
  func time(_ time: String?) -> Table.Cell {
    Table.Cell(time ?? "", shown: time.map { LocalTime.clock($0) } ?? "")
  }

  /// Columns by their names; a name that ends in `#` is numeric.
  func columns(_ names: String...) -> [Table.Column] {
    names.map { name in
      let isNumeric = name.hasSuffix("#")
      let name = isNumeric ? String(name.dropLast()) : name
      return Table.Column(name: name, title: self("column.\(name)"), isNumeric: isNumeric)
    }
  }

  /// Fields by their names, without those that say nothing.
  func fields(_ pairs: KeyValuePairs<String, Table.Cell>) -> Page.Block {
    .fields(pairs.map { (name: $0.key, title: self("column.\($0.key)"), cell: $0.value) })
  }

  /// A sign, or its ASCII form.
  func sign(_ sign: Sign) -> String {
    isASCII ? sign.ascii : sign.rawValue
  }

  /// The signs in front of words.
  enum Sign: String {
    case good = "●", warning = "▲", bad = "■", waiting = "◆", next = "→", wrong = "✘", right = "✔"

    var ascii: String {
      switch self {
      case .good, .right: "+"
      case .warning: "!"
      case .bad, .wrong: "x"
      case .waiting: "o"
      case .next: "->"
      }
    }
  }
}
