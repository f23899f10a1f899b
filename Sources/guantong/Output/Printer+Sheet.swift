import Office

extension Printer {
  /// Writes an answer that people take into a spreadsheet.
  ///
  /// Comma-separated lines begin with a byte order mark, without which a spreadsheet takes the
  /// Chinese for something else.
  func sheet<Answer: Encodable & Pageable>(_ answer: Answer) throws {
    guard format == .csv else { return try show(answer) }
    write(sheetLines(of: answer.page(words)))
  }

  /// The comma-separated lines of a page, with the mark.
  func sheetLines(of page: Page) -> [String] {
    let lines = lines(of: page)
    return ["\u{FEFF}\(lines.first ?? "")"] + lines.dropFirst()
  }
}
