import Casework
package import Ledger

extension Deadlines {
  /// Until when the governmental sanctions of one person are in force that were decided together
  /// (处分期).
  ///
  /// Of several kinds the heaviest is carried out; of several of one kind the body decides on a
  /// time up to the sum of their terms, and never more than four years. Where it decided on less,
  /// its decision says so: what is listed is the last day that the law allows. A discharge has no
  /// end, and the sanctions of the party have none in this table.
  ///
  /// - Parameters:
  ///   - measures: the measures, as `class:value`, as often as they were given.
  ///   - decided: the day of the decision, from which it runs.
  ///   - body: the body that decided it.
  /// - Returns: the term; nil where the heaviest of the measures has none.
  package func term(
    of measures: [String], from decided: CivilDate, by body: AgencyCode
  ) -> Duty? {
    let prefix = "\(MeasureClass.governmental.rawValue):"
    let given = measures.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
    let codes = MeasureClass.governmental.values.map(\.code)
    guard let heaviest = codes.last(where: { code in given.contains { $0 == code } }),
      let code = Self.rule(governmental: heaviest),
      case .monthsToTheDay(let months) = terms.rule(code).period
    else { return nil }
    let sum = months * given.count { $0 == heaviest }
    let period = DeadlineRule.Period.monthsToTheDay(min(sum, Limits.sanctionMonthsMax))
    return Duty(DueDate(rule: code, on: calendar.end(of: period, from: decided)), body)
  }

  private static func rule(governmental code: String) -> DeadlineRule.Code? {
    switch code {
    case "warning": .warningEnds
    case "demerit": .demeritEnds
    case "majorDemerit": .majorDemeritEnds
    case "demotion", "removal": .demotionEnds
    default: nil
    }
  }
}
