package import Postgres

/// The terms that the office set in place of those that the program proposes (期限调整).
///
/// Agencies of a county may have agreed on other days than the table has, and law changes. A term
/// is set with what it rests on, in `office.setting`, by an operator; what starts it and who owes
/// what by its end stay as the table says. Terms are the node's own, as its calendar is: nothing
/// but due dates and lamps depends on them, and these are computed whenever somebody looks.
package struct OwnTerms: Sendable, Equatable {
  private let rules: [DeadlineRule.Code: DeadlineRule]

  /// The table as the program proposes it.
  package static let none = OwnTerms(rules: [:])

  private init(rules: [DeadlineRule.Code: DeadlineRule]) {
    self.rules = rules
  }

  /// The terms that the office set.
  ///
  /// - Parameter transaction: where the settings are.
  /// - Returns: the terms.
  /// - Throws: the failure of the database.
  package static func read(in transaction: borrowing Transaction) throws -> OwnTerms {
    let names = DeadlineRule.table.map(\.setting)
    let rows = try transaction.rows(
      "SELECT name, value FROM office.setting WHERE name = ANY(\(names))")
    var rules: [DeadlineRule.Code: DeadlineRule] = [:]
    for row in rows {
      let (name, value) = (try row.value(0, as: String.self), try row.value(1, as: String.self))
      guard let rule = DeadlineRule.row(setting: name)?.changed(by: value) else { continue }
      rules[rule.code] = rule
    }
    return OwnTerms(rules: rules)
  }

  /// The rule of a code as it is in force here.
  package func rule(_ code: DeadlineRule.Code) -> DeadlineRule {
    rules[code] ?? DeadlineRule.row(code)
  }
}

extension DeadlineRule {
  /// The name of the setting that changes the rule, such as `office.deadline.D4`.
  package var setting: String { "office.deadline.\(code.rawValue)" }

  /// What its setting says: how long it is and what that rests on, such as `15cd 县实施办法第6条`.
  ///
  /// Nil where the law names the day, the hour, or how long something is in force: no office
  /// agrees on those.
  package var stated: String? { period.stated.map { "\($0) \(basis)" } }

  /// The rule that a setting changes; nil when there is none.
  package static func row(setting: String) -> DeadlineRule? {
    table.first { $0.setting == setting }
  }

  /// The rule with the period and the basis that a value of its setting states.
  ///
  /// - Parameter value: such as `15cd 县实施办法第6条`; `wd` are working days, `cd` calendar days
  ///   and `mo` months.
  /// - Returns: the rule; nil where the value is of another form, or nobody may change the rule.
  package func changed(by value: String) -> DeadlineRule? {
    let parts = value.split(separator: " ", maxSplits: 1)
    guard stated != nil, parts.count == 2, let period = Period(stated: parts[0]) else { return nil }
    return DeadlineRule(
      code: code, event: event, period: period, basis: String(parts[1]),
      // The warning of the table is one for its own period.
      warning: period == self.period ? warning : nil, nature: nature)
  }
}

extension DeadlineRule.Period {
  /// The most that an office may set, of each unit.
  private static let units: [(unit: String, most: Int)] = [("wd", 250), ("cd", 366), ("mo", 24)]

  /// The period as a setting states it, such as `15cd`; nil where no setting may.
  var stated: String? {
    switch self {
    case .workingDays(let count): "\(count)wd"
    case .calendarDays(let count): "\(count)cd"
    case .months(let count): "\(count)mo"
    case .monthsToTheDay, .hours, .yearly: nil
    }
  }

  /// Reads what a setting states.
  init?(stated text: Substring) {
    guard let (unit, most) = Self.units.first(where: { text.hasSuffix($0.unit) }),
      let count = Int(text.dropLast(unit.count)), (1...most).contains(count)
    else { return nil }
    switch unit {
    case "wd": self = .workingDays(count)
    case "cd": self = .calendarDays(count)
    default: self = .months(count)
    }
  }
}

extension Deadlines {
  /// Counts by the calendar and the terms of the office.
  ///
  /// - Parameter transaction: where both are kept.
  /// - Returns: what computes due dates.
  /// - Throws: the failure of the database.
  package static func read(in transaction: borrowing Transaction) throws -> Deadlines {
    Deadlines(try WorkCalendar.read(in: transaction), try OwnTerms.read(in: transaction))
  }
}
