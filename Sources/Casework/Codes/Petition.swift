/// The way by which a petition came (来信、来电、来访等渠道).
package enum PetitionChannel: String, CodeTable {
  case letter, call, visit, email, box, web

  /// The words people see for the channel.
  package var term: Term {
    switch self {
    case .letter: Term("来信", "letter")
    case .call: Term("来电", "call")
    case .visit: Term("来访", "visit")
    case .email: Term("邮箱", "e-mail")
    case .box: Term("信箱", "box")
    case .web: Term("网上", "web")
    }
  }
}

/// What a petitioner asks for (信访诉求类别).
package enum DemandKind: String, CodeTable {
  case suggestion, report, appeal

  /// The words people see for the kind.
  package var term: Term {
    switch self {
    case .suggestion: Term("建议意见", "suggestion")
    case .report: Term("检举控告", "report of misconduct")
    case .appeal: Term("申诉求决", "appeal")
    }
  }
}
