import Office

/// Text as a terminal may show it: whatever steers a display stands as a sign that can be seen.
///
/// C0 controls and DEL become Unicode's pictures of them, ESC `␛` and a line break `␊`; everything
/// else, and everything under `--ascii`, becomes `<U+202E>`. JSON tells the text exactly.
enum VisibleText {
  /// The text without anything that steers; itself when there is nothing.
  static func of(_ text: String, isASCII: Bool) -> String {
    guard text.unicodeScalars.contains(where: Steering.steers) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard Steering.steers(scalar) else {
        shown.append(scalar)
        continue
      }
      if !isASCII, let picture = picture(of: scalar) {
        shown.append(picture)
      } else {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        shown.append(contentsOf: "<U+\(zeros)\(digits)>".unicodeScalars)
      }
    }
    return String(shown)
  }

  private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7F: Unicode.Scalar(0x2421)
    default: nil
    }
  }
}

extension Page {
  /// The same page with nothing in it that steers a display.
  func visible(isASCII: Bool) -> Page {
    func plain(_ text: String) -> String { VisibleText.of(text, isASCII: isASCII) }
    func lines(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { plain(String($0)) }.joined(separator: "\n")
    }
    func plain(_ cell: Table.Cell) -> Table.Cell {
      Table.Cell(plain(cell.raw), shown: plain(cell.shown), style: cell.style)
    }
    return Page(
      blocks: blocks.map { block in
        switch block {
        case .line(let text, let style): .line(plain(text), style)
        // The breaks between lines are the page's own; everything else in a line is shown.
        case .text(let name, let text, let shown):
          .text(name: plain(name), lines(text), shown: shown.map(lines))
        case .fields(let fields):
          .fields(
            fields.map { (name: plain($0.name), title: plain($0.title), cell: plain($0.cell)) })
        case .table(let table):
          .table(
            Table(
              columns: table.columns, rows: table.rows.map { $0.map { plain($0) } },
              isHiddenWhenEmpty: table.isHiddenWhenEmpty))
        }
      })
  }
}
