/// What an item of a document is (事项类别).
package enum ItemKind: String, CodeTable {
  case finding, direction, resolution, opinion, cluePoint, planItem, expert, deduction

  /// The words people see for the kind.
  package var term: Term {
    switch self {
    case .finding: Term("问题", "finding")
    case .direction: Term("交办事项", "direction")
    case .resolution: Term("议定事项", "resolution")
    case .opinion: Term("意见建议", "opinion")
    case .cluePoint: Term("线索要点", "clue point")
    case .planItem: Term("计划项目", "plan item")
    case .expert: Term("人才", "expert")
    case .deduction: Term("扣分项", "deduction")
    }
  }

  /// Whether the responsible unit answers it by acts and the issuer signs it off.
  package var isTracked: Bool {
    switch self {
    case .finding, .direction, .resolution, .opinion: true
    case .cluePoint, .planItem, .expert, .deduction: false
    }
  }
}

/// What a result states (结果类别).
package enum ResultKind: String, CodeTable {
  case caseFiled, caseDismissed, accountability, sanction, transferredForProsecution, rectified
  case petitionClosed, performed, score, survey, designation, training, deployed

  /// The words people see for the kind.
  package var term: Term {
    switch self {
    case .caseFiled: Term("立案", "case filed")
    case .caseDismissed: Term("撤销案件", "case dismissed")
    case .accountability: Term("追责问责", "accountability")
    case .sanction: Term("处分处理", "sanction")
    case .transferredForProsecution: Term("移送起诉", "transferred for prosecution")
    case .rectified: Term("整改完成", "rectified")
    case .petitionClosed: Term("信访办结", "petition closed")
    case .performed: Term("履行到位", "performed")
    case .score: Term("考核得分", "score")
    case .survey: Term("测评结果", "survey")
    case .designation: Term("命名", "designation")
    case .training: Term("培训", "training")
    case .deployed: Term("调配使用", "deployed")
    }
  }

  /// Whether only a discipline body decides it, as a step of its handling of a clue.
  package var isDiscipline: Bool {
    switch self {
    case .caseFiled, .caseDismissed, .accountability, .sanction, .transferredForProsecution: true
    default: false
    }
  }
}
