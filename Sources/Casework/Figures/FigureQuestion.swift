package import Ledger

/// What is asked of the figures: which period, as of which day.
package struct FigureQuestion: Sendable {
  /// The days whose events count.
  package let period: Period
  /// The last day that is known of.
  package let asOf: CivilDate
  /// What the rules ask beside the dossiers.
  package var terms: FigureTerms

  /// Asks for the events of a period; as of its last day unless another is named.
  package init(
    _ period: Period, asOf: CivilDate? = nil,
    limit: @escaping @Sendable (_ start: CivilDate, _ days: Int) -> CivilDate = { start, days in
      start.adding(days: days)
    }
  ) {
    self.period = period
    self.asOf = asOf ?? period.last
    terms = FigureTerms(limit: limit)
  }
}

/// What the rules ask beside the dossiers.
package struct FigureTerms: Sendable {
  /// The last of some calendar days after a day, holidays regarded (期限).
  package let limit: @Sendable (_ start: CivilDate, _ days: Int) -> CivilDate
  /// What kind of body an agency is by the directory; the matrix alone asks.
  package var kind: @Sendable (AgencyCode) -> AgencyKind? = { _ in nil }

  /// Asks nothing about agencies; a field that is set does.
  package init(
    limit: @escaping @Sendable (_ start: CivilDate, _ days: Int) -> CivilDate
  ) {
    self.limit = limit
  }
}

extension Period {
  /// The years that have four digits and a law behind them.
  package static let years = 1949...9998

  /// A year, or one of its quarters; nil when there is no such.
  package init?(year: Int, quarter: Int? = nil) {
    guard (1...4).contains(quarter ?? 1),
      let start = CivilDate(year: year, month: quarter.map { $0 * 3 - 2 } ?? 1, day: 1)
    else { return nil }
    self.init(first: start, last: start.adding(months: quarter == nil ? 12 : 3).adding(days: -1))
  }

  /// Whether a day lies in it.
  func contains(_ day: CivilDate) -> Bool { first <= day && day <= last }
}
