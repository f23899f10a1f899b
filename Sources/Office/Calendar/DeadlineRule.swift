package import Casework

/// One deadline of the mechanism as data: what starts it, how long it is, what it rests on.
///
/// Due dates are computed when a card is read and never stored: the calendar may change, and no
/// clock decides anything.
package struct DeadlineRule: Sendable, Hashable {
  /// How long a period is.
  package enum Period: Sendable, Hashable {
    /// Working days (工作日).
    case workingDays(Int)
    /// Calendar days (日).
    case calendarDays(Int)
    /// Months (个月).
    case months(Int)
  }

  /// The code people quote.
  package let code: Code
  /// What must happen in the period.
  package let event: Term
  /// How long it is.
  package let period: Period
  /// What it rests on; a proposal of this mechanism where no text of law says it.
  package let basis: String

  /// The codes of the rules.
  package enum Code: String, Sendable, CaseIterable {
    case receive = "D1"
    case passOn = "D2"
    case decide = "D3"
    case dispose = "D4"
    case answerInquiry = "D5"
    case verify = "D6"
    case feedBack = "D7"
    case feedBackFinally = "D7b"
    case rectify = "D15"
    case inspectReport = "D16"
    case answerLetter = "D17"
    case circulate = "D18"
    case countersign = "D18b"
    case issueMinutes = "D18c"
    case resolution = "D18d"
  }

  /// Every rule, in the order of the codes.
  package static let table: [DeadlineRule] = Code.allCases.map(row)

  /// The rule of a code.
  package static func row(_ code: Code) -> DeadlineRule {
    switch code {
    case .receive: make(code, Term("送达后签收", "receive what was delivered"), .workingDays(2), "机制约定")
    case .passOn:
      make(
        code, Term("无管辖权的转送或退回", "forward or return for want of jurisdiction"), .workingDays(5),
        "监察法实施条例第171条")
    case .decide:
      make(
        code, Term("签收后受理或退回", "accept or return what was received"), .workingDays(5),
        "参照监察法实施条例第171条")
    case .dispose:
      make(code, Term("签收后提出处置意见", "state what is done with a clue"), .months(1), "监督执纪工作规则第21条")
    case .answerInquiry:
      make(code, Term("谈话或函询后报告", "report on a talk or inquiry"), .months(1), "监督执纪工作规则")
    case .verify: make(code, Term("初步核实", "end a preliminary verification"), .months(6), "机制约定")
    case .feedBack:
      make(code, Term("办理期间向移送机关反馈", "feed back while a clue is handled"), .months(3), "机制约定,每季度一次")
    case .feedBackFinally:
      make(
        code, Term("办结后向移送机关反馈", "feed back after the conclusion"), .workingDays(15), "参照检举控告规则第18条"
      )
    case .rectify: make(code, Term("整改报告", "report on rectification"), .months(3), "机制约定")
    case .inspectReport:
      make(code, Term("收到报告后作出验收结论", "conclude on a report"), .workingDays(15), "机制约定")
    case .answerLetter:
      make(code, Term("未写明期限的来函", "answer a letter that states no date"), .calendarDays(15), "督查惯例")
    case .circulate: make(code, Term("会后送会签", "circulate minutes"), .workingDays(5), "机制约定")
    case .countersign: make(code, Term("会签", "countersign minutes"), .workingDays(5), "机制约定")
    case .issueMinutes: make(code, Term("定稿后印发", "issue minutes"), .workingDays(2), "机制约定")
    case .resolution: make(code, Term("议定事项", "carry out a resolution"), .calendarDays(20), "督查惯例")
    }
  }

  private static func make(
    _ code: Code, _ event: Term, _ period: Period, _ basis: String
  ) -> DeadlineRule {
    DeadlineRule(code: code, event: event, period: period, basis: basis)
  }
}
