/// Why points are taken off in an assessment (扣分规则); the `category` of a deduction.
///
/// No law sets the points. Those of this table are what the program proposes; the office that
/// assesses answers for what it issues, and may change them line by line before it does.
package enum DeductionRule: String, CodeTable {
  case overdue, longOverdue, rejected, relapsed, accountable

  /// The words people see for the rule.
  package var term: Term {
    switch self {
    case .overdue: Term("逾期", "overdue")
    case .longOverdue: Term("逾期超过30日加扣", "overdue by more than 30 days, beside overdue")
    case .rejected: Term("验收退回", "report rejected")
    case .relapsed: Term("反弹", "relapsed after the sign-off")
    case .accountable: Term("追责问责", "accountability or a sanction")
    }
  }

  /// What it takes off, in hundredths of a point.
  package var points: Int64 {
    switch self {
    case .overdue, .longOverdue, .rejected: 50
    case .relapsed: 100
    case .accountable: 200
    }
  }

  /// Whether it is drawn from delays; the other takes what a person names.
  package var isDrawn: Bool { self != .accountable }

  /// The most that one line takes off: a hundred points, the whole of an assessment.
  package static let pointsMax: Int64 = 10_000

  /// The calendar days past its date after which something is long overdue.
  package static let longDays = 30
}
