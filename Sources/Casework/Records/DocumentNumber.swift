/// The number an agency gives a document when it issues it (发文字号).
///
/// Agency word and series mark, the year in the brackets U+3014 and U+3015, a number without
/// leading zeros and 号, as in `样法办函〔2023〕7号` (GB/T 9704-2012, 7.2.5); minutes carry `第3期` instead.
package struct DocumentNumber: Sendable, Hashable, CustomStringConvertible {
  /// The agency's word and the mark of the series, such as `样法办函`.
  package let word: String
  /// The year.
  package let year: Int
  /// The number in the series, from 1.
  package let number: Int

  /// Makes a number; the result is nil when a part has no lawful form.
  package init?(word: String, year: Int, number: Int) {
    guard !word.isEmpty, (1000...9999).contains(year), number > 0,
      word.unicodeScalars.allSatisfy({ !"〔〕[]()（）［］ \t\n".unicodeScalars.contains($0) })
    else { return nil }
    self.word = word
    self.year = year
    self.number = number
  }

  /// Reads a number from its one lawful form.
  ///
  /// Other brackets, leading zeros and a 第 before the number are refused.
  package init?(_ text: String) {
    guard text.hasSuffix("号"),
      let open = text.firstIndex(of: "\u{3014}"), let close = text.firstIndex(of: "\u{3015}"),
      open < close
    else { return nil }
    let year = text[text.index(after: open)..<close]
    let number = text[text.index(after: close)...].dropLast()
    guard year.utf8.count == 4, let yearValue = DocumentNumber.digits(year),
      let numberValue = DocumentNumber.digits(number)
    else { return nil }
    self.init(word: String(text[..<open]), year: yearValue, number: numberValue)
  }

  /// The number as it is printed.
  package var description: String { "\(word)\u{3014}\(year)\u{3015}\(number)号" }

  /// The printed number of minutes, such as `第3期`.
  package static func minutes(_ issue: Int) -> String { "第\(issue)期" }

  static func digits(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (48...57).contains($0) }),
      text.utf8.first != 48
    else { return nil }
    return Int(text)
  }
}
