/// What a discipline body says it did with a clue; the `kind` of a dispose act (处置方式、阶段).
package enum Disposition: String, CodeTable {
  case inquiry, verification, shelved, closed, firstForm, investigating, trial, executed
  case modified

  /// The words people see for the disposition.
  package var term: Term {
    switch self {
    case .inquiry: Term("谈话函询", "talk or written inquiry")
    case .verification: Term("初步核实", "preliminary verification")
    case .shelved: Term("暂存待查", "shelved")
    case .closed: Term("予以了结", "closed")
    case .firstForm: Term("第一种形态处理", "first form of discipline")
    case .investigating: Term("审查调查", "under investigation")
    case .trial: Term("审理", "under trial review")
    case .executed: Term("处分执行", "sanction executed")
    case .modified: Term("处分变更", "sanction modified")
    }
  }
}
