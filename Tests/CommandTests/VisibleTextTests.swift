import Office
import Testing

@testable import guantong

/// A text from a peer never tells the reader's terminal what to do.
@Suite struct VisibleTextTests {
  private static let hostile = "a\u{1B}[31mb\r\nc\td\u{7F}\u{9B}2J\u{202E}e\u{2028}f\u{2066}𠮷"
  /// Everything of C0 and C1, the separators and the bidirectional controls.
  private static let steering: [UInt32] =
    Array(0..<0x20) + Array(0x7F..<0xA0) + [0x61C, 0x200E, 0x200F, 0x2028, 0x2029]
    + Array(0x202A...0x202E) + Array(0x2066...0x2069)

  private func printer(_ format: Printer.Format, isASCII: Bool = false) -> Printer {
    Printer(
      format: format, words: Words(language: .en, isASCII: isASCII),
      paint: Paint(.never, environment: [:], isTerminal: false), isTerminal: false)
  }

  private var page: Page {
    var page = Page()
    page.line(Self.hostile)
    page.blocks.append(
      .fields([(name: Self.hostile, title: Self.hostile, cell: Table.Cell(Self.hostile))]))
    page.blocks.append(
      .table(
        Table(
          columns: [Table.Column(name: "x", title: "X"), Table.Column(name: "y", title: "Y")],
          rows: [[Table.Cell(Self.hostile, shown: Self.hostile), Table.Cell("=1\n\",")]])))
    return page
  }

  @Test(arguments: [Printer.Format.table, .tsv, .csv], [false, true])
  func `no format of text lets through what steers a display`(
    _ format: Printer.Format, _ isASCII: Bool
  ) {
    let lines = printer(format, isASCII: isASCII).lines(of: page)
    let scalars = lines.flatMap { Array($0.unicodeScalars) }
    let found = scalars.filter { $0 != "\t" && Self.steering.contains($0.value) }
    #expect(found.isEmpty)
    let tabs = scalars.count { $0 == "\t" }
    // One between the two columns of the field, of the head and of the row.
    #expect(tabs == (format == .tsv ? 3 : 0))
    #expect(lines.count == 4)
  }

  @Test func `every control character has a sign of its own`() throws {
    var signs: Set<String> = []
    for value in Self.steering {
      let scalar = try #require(Unicode.Scalar(value))
      for isASCII in [false, true] {
        let shown = VisibleText.of(String(Character(scalar)), isASCII: isASCII)
        #expect(!shown.unicodeScalars.contains(where: Steering.steers))
        #expect(DisplayWidth.of(shown) > 0)
        signs.insert(shown)
      }
    }
    // 33 have a picture and a code, the others a code only.
    #expect(signs.count == Self.steering.count + 33)
  }

  @Test func `what a reader sees of an escape sequence`() {
    #expect(VisibleText.of("\u{1B}[2J\r\n", isASCII: false) == "␛[2J␍␊")
    #expect(VisibleText.of("\u{1B}[2J\u{202E}", isASCII: true) == "<U+001B>[2J<U+202E>")
    #expect(VisibleText.of("样法办函〔2023〕7号", isASCII: false) == "样法办函〔2023〕7号")
  }

  @Test func `comma-separated values stay lawful`() {
    let row = printer(.csv).lines(of: page).last
    #expect(row?.hasSuffix(",\"'=1␊\"\",\"") == true)
  }

  @Test func `JSON tells a text exactly and steers nothing`() throws {
    let bytes = try JSONValue(encoding: [Self.hostile]).encoded()
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.unicodeScalars.contains(where: Steering.steers))
    #expect(text.contains("\\u001b[31m") && text.contains("\\u202e") && text.contains("𠮷"))
    #expect(try JSONValue(parsing: bytes).decoded(as: [String].self) == [Self.hostile])
  }
}

/// What an office takes into a title.
@Suite struct FieldTests {
  @Test(arguments: ["a\nb", "a\u{1B}[31m", "a\u{9B}", "a\u{202E}b", "a\u{2028}b", "a\tb"])
  func `a title is one visible line`(_ title: String) {
    let error = #expect(throws: OfficeError.self) { try Field.line(title, "title") }
    #expect(error?.refusal == .invalidValue)
    #expect(error?.values["value"]?.hasPrefix("U+") == true)
  }

  @Test func `a title has at most 200 characters`() throws {
    let longest = String(repeating: "题", count: Limits.lineCharactersMax)
    #expect(try Field.line(longest, "title") == longest)
    #expect(throws: OfficeError.self) { try Field.line(longest + "题", "title") }
  }

  @Test func `a text keeps its lines and no control character`() throws {
    #expect(try Field.text(" 一\r\n二\t三 ", "body") == "一\r\n二\t三")
    #expect(throws: OfficeError.self) { try Field.text("一\u{1B}[2J", "body") }
    #expect(throws: OfficeError.self) { try Field.optionalText("\u{0}x", "note") }
    #expect(try Field.optionalLine(nil, "post").isEmpty)
    #expect(throws: OfficeError.self) { try Field.optionalLine("a\nb", "post") }
  }
}
