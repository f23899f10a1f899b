package import Ledger

/// A month, a quarter or a year of the calendar, for which two agencies compare their ledgers.
package struct StatementPeriod: Sendable, Hashable, CustomStringConvertible {
  /// How it is written: `2023`, `2023Q3` or `2023-07`.
  package let name: String
  /// Its first day.
  package let first: CivilDate
  /// Its last day.
  package let last: CivilDate

  /// Reads `2023`, `2023Q3` or `2023-07`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 4, let year = Self.number(bytes[..<4]) else { return nil }
    let months: ClosedRange<Int>
    switch (bytes.count, bytes.dropFirst(4).first) {
    case (4, nil): months = 1...12
    case (6, UInt8(ascii: "Q")):
      guard let quarter = Self.number(bytes[5...]), (1...4).contains(quarter) else { return nil }
      months = (quarter * 3 - 2)...(quarter * 3)
    case (7, UInt8(ascii: "-")):
      guard let month = Self.number(bytes[5...]), (1...12).contains(month) else { return nil }
      months = month...month
    default: return nil
    }
    guard let first = CivilDate(year: year, month: months.lowerBound, day: 1),
      let begin = CivilDate(year: year, month: months.upperBound, day: 1),
      first.days >= Limits.firstDay, begin.days <= Limits.lastDay
    else { return nil }
    name = String(text)
    self.first = first
    last = begin.adding(months: 1).adding(days: -1)
  }

  /// Whether a day lies in it.
  package func contains(_ day: CivilDate) -> Bool { first <= day && day <= last }

  /// How it is written.
  package var description: String { name }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }
}
