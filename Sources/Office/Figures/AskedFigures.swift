import Casework
import Ledger

/// What a request for figures asks, read at the border.
struct AskedFigures {
  let year: Int
  let quarter: Int?
  var rules: CountingRules
  let period: Casework.Period
  let asOf: CivilDate
  let region: String?

  init(_ request: API.FiguresRequest, today: CivilDate) throws {
    year = request.year ?? today.year
    quarter = request.quarter
    if let quarter, !(1...4).contains(quarter) {
      throw Field.invalid(String(quarter), "quarter", "1…4")
    }
    let years = Casework.Period.years
    guard years.contains(year), let period = Casework.Period(year: year, quarter: quarter) else {
      throw Field.invalid(
        String(year), "year", "\(years.lowerBound)…\(years.upperBound)")
    }
    self.period = period
    asOf = try Self.day(request.asOf, today: today) ?? period.last
    region = try Self.region(request.region)
    let versions = CountingRules.table.map(\.version)
    guard
      let rules = request.rule.map(CountingRules.of(version:)) ?? CountingRules.newest
    else {
      throw Field.invalid(
        String(request.rule ?? 0), "rule", versions.map(String.init).joined(separator: " | "))
    }
    self.rules = rules
  }

  /// A day, `now` for today; nil when absent.
  static func day(_ text: String?, today: CivilDate) throws -> CivilDate? {
    text == "now" ? today : try Field.date(text, "as_of")
  }

  /// The six digits of a region; nil when absent.
  static func region(_ text: String?) throws -> String? {
    guard let text, !text.isEmpty else { return nil }
    guard text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw Field.invalid(text, "region", "[0-9]{6}")
    }
    return text
  }
}
