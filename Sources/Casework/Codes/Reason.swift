/// Why a referral is sent back (退回理由).
package enum ReturnReason: String, CodeTable {
  case noJurisdiction, incomplete, unclear, notAClue, duplicate, wrongChannel, conflict

  /// The words people see for the reason.
  package var term: Term {
    switch self {
    case .noJurisdiction: Term("无管辖权", "no jurisdiction")
    case .incomplete: Term("材料不全", "material incomplete")
    case .unclear: Term("反映笼统不具可查性", "too vague to look into")
    case .notAClue: Term("不属问题线索", "not a clue")
    case .duplicate: Term("重复", "duplicate")
    case .wrongChannel: Term("应走涉密或其他渠道", "wrong channel")
    case .conflict: Term("需回避", "conflict of interest")
    }
  }
}

/// Why a report on an item is not accepted (退回整改理由).
package enum RejectReason: String, CodeTable {
  case evidenceLacking, notDone, formalOnly, newProblem, standardUnmet

  /// The words people see for the reason.
  package var term: Term {
    switch self {
    case .evidenceLacking: Term("佐证不足", "evidence lacking")
    case .notDone: Term("未完成", "not done")
    case .formalOnly: Term("表面整改", "formal only")
    case .newProblem: Term("出现新问题", "new problem")
    case .standardUnmet: Term("未达标准", "standard unmet")
    }
  }
}

/// Why more time is asked for (延期理由).
package enum ExtensionReason: String, CodeTable {
  case complex, waitingOther, litigationPending, funds, policy, forceMajeure

  /// The words people see for the reason.
  package var term: Term {
    switch self {
    case .complex: Term("情况复杂", "complex")
    case .waitingOther: Term("等待其他机关", "waiting for another agency")
    case .litigationPending: Term("诉讼未决", "litigation pending")
    case .funds: Term("资金原因", "funds")
    case .policy: Term("政策原因", "policy")
    case .forceMajeure: Term("不可抗力", "force majeure")
    }
  }
}

/// How a clue was closed without a filing (了结方式).
package enum CloseKind: String, CodeTable {
  case direct, accepted, unfounded, duplicate

  /// The words people see for the kind.
  package var term: Term {
    switch self {
    case .direct: Term("直接了结", "closed directly")
    case .accepted: Term("采信了结", "explanation accepted")
    case .unfounded: Term("查否了结", "unfounded")
    case .duplicate: Term("重复留存", "duplicate, kept on file")
    }
  }
}

/// How conduct complained of is classed (不作为、慢作为、乱作为).
package enum Misconduct: String, CodeTable {
  case inaction, delay, abuse, other

  /// The words people see for the class.
  package var term: Term {
    switch self {
    case .inaction: Term("不作为", "inaction")
    case .delay: Term("慢作为", "delay")
    case .abuse: Term("乱作为", "abuse")
    case .other: Term("其他", "other")
    }
  }
}

/// Why a petition is not accepted (不予受理理由).
package enum DeclineReason: String, CodeTable {
  case litigation, arbitration, reconsideration, otherOrgan, finalised, sameRunning, substanceless

  /// The words people see for the reason.
  package var term: Term {
    switch self {
    case .litigation: Term("应由诉讼解决", "litigation")
    case .arbitration: Term("应由仲裁解决", "arbitration")
    case .reconsideration: Term("应由复议解决", "reconsideration")
    case .otherOrgan: Term("属其他机关", "another organ")
    case .finalised: Term("已复核终结", "finalised")
    case .sameRunning: Term("同一事项在办", "the same matter is running")
    case .substanceless: Term("无实质内容", "substanceless")
    }
  }
}

/// How an inspection is made (督察方式).
package enum InspectionMode: String, CodeTable {
  case onSite, desk

  /// The words people see for the mode.
  package var term: Term {
    switch self {
    case .onSite: Term("实地督察", "on site")
    case .desk: Term("书面督察", "on paper")
    }
  }
}
