/// A step of the ladder of supervision; the `kind` of an urge act (督办层级).
package enum SupervisionLevel: String, CodeTable {
  case reminder, urging, letter, talk, circular

  /// The words people see for the level.
  package var term: Term {
    switch self {
    case .reminder: Term("提醒", "reminder")
    case .urging: Term("催办", "urging")
    case .letter: Term("督办函", "supervision letter")
    case .talk: Term("约谈、挂牌督办", "talk or listed supervision")
    case .circular: Term("通报", "circular")
    }
  }

  /// The number of the level, from 1.
  package var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
