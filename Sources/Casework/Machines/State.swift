/// Where a document stands; the first four never leave the author's node (SM1).
package enum DocumentState: String, CodeTable {
  case draft, submitted, reviewed, signed, issued, superseded, revoked

  /// The words people see for the state.
  package var term: Term {
    switch self {
    case .draft: Term("拟稿", "draft")
    case .submitted: Term("送审", "submitted")
    case .reviewed: Term("已审核", "reviewed")
    case .signed: Term("已签发", "signed")
    case .issued: Term("已印发", "issued")
    case .superseded: Term("已被取代", "superseded")
    case .revoked: Term("已撤销", "revoked")
    }
  }
}

/// Where a document stands at one addressee (SM2).
package enum ReferralState: String, CodeTable {
  case sent, copied, noted, received, split, accepted, returned, forwarded, withdrawn, closed
  case overruled

  /// The words people see for the state.
  package var term: Term {
    switch self {
    case .sent: Term("待签收", "not yet received")
    case .copied: Term("待阅", "copy not yet noted")
    case .noted: Term("已阅知", "noted")
    case .received: Term("待受理", "received")
    case .split: Term("部分受理", "partly decided")
    case .accepted: Term("已受理", "accepted")
    case .returned: Term("已退回", "returned")
    case .forwarded: Term("已转送", "forwarded")
    case .withdrawn: Term("已撤回", "withdrawn")
    case .closed: Term("已反馈", "closed by the final feedback")
    case .overruled: Term("已指定他人管辖", "another body was named competent")
    }
  }

  /// Whether the addressee may still decide what becomes of it.
  package var isOpen: Bool { self == .sent || self == .received }

  /// Whether nobody waits for the addressee any more.
  package var isEnded: Bool {
    switch self {
    case .returned, .forwarded, .withdrawn, .closed, .overruled, .noted: true
    case .sent, .copied, .received, .split, .accepted: false
    }
  }
}

/// What became of the sender's request to withdraw (撤回).
package enum WithdrawState: String, CodeTable {
  case none, requested, agreed, refused, noEffect

  /// The words people see for the state.
  package var term: Term {
    switch self {
    case .none: Term("未申请", "not asked for")
    case .requested: Term("撤回待确认", "asked for")
    case .agreed: Term("已撤回", "agreed")
    case .refused: Term("不同意撤回", "refused")
    case .noEffect: Term("撤回未生效", "without effect")
    }
  }
}

/// How far a discipline body is with a clue (SM3).
package enum HandlingStage: String, CodeTable {
  case registered, inquiry, verification, shelved, closed, firstForm
  case filed, investigating, trial, decided, executed, dismissed, toProcuratorate

  /// The words people see for the stage.
  package var term: Term {
    switch self {
    case .registered: Term("已登记", "registered")
    case .inquiry: Term("谈话函询", "talk or written inquiry")
    case .verification: Term("初步核实", "preliminary verification")
    case .shelved: Term("暂存待查", "shelved")
    case .closed: Term("予以了结", "closed")
    case .firstForm: Term("第一种形态处理", "first form of discipline")
    case .filed: Term("已立案", "case filed")
    case .investigating: Term("审查调查", "under investigation")
    case .trial: Term("审理", "under trial review")
    case .decided: Term("已处分", "decided")
    case .executed: Term("已执行", "executed")
    case .dismissed: Term("已撤案", "dismissed")
    case .toProcuratorate: Term("移送起诉", "transferred for prosecution")
    }
  }
}

/// Where a tracked item stands (SM4).
package enum ItemState: String, CodeTable {
  case proposed, issued, acknowledged, planned, reported, rejected, passed, signedOff, reopened
  case cancelled, superseded, revoked

  /// The words people see for the state.
  package var term: Term {
    switch self {
    case .proposed: Term("未印发", "not issued yet")
    case .issued: Term("待办理", "issued")
    case .acknowledged: Term("已接办", "acknowledged")
    case .planned: Term("整改中", "planned")
    case .reported: Term("待验收", "reported")
    case .rejected: Term("退回整改", "rejected")
    case .passed: Term("验收通过", "passed")
    case .signedOff: Term("已销号", "signed off")
    case .reopened: Term("已反弹", "reopened")
    case .cancelled: Term("已取消", "cancelled")
    case .superseded: Term("已被取代", "superseded")
    case .revoked: Term("已撤销", "revoked")
    }
  }

  /// Whether the unit still owes something.
  package var isOpen: Bool {
    switch self {
    case .issued, .acknowledged, .planned, .reported, .rejected, .reopened: true
    case .proposed, .passed, .signedOff, .cancelled, .superseded, .revoked: false
    }
  }
}

/// Where one version of minutes stands (SM7).
package enum MinutesState: String, CodeTable {
  case circulated, replaced, finalized, issued, dropped, amended

  /// The words people see for the state.
  package var term: Term {
    switch self {
    case .circulated: Term("会签中", "circulated")
    case .replaced: Term("已有新稿", "a newer version circulates")
    case .finalized: Term("已定稿", "finalized")
    case .issued: Term("已印发", "issued")
    case .dropped: Term("未采用", "another version was finalized")
    case .amended: Term("已修订", "amended")
    }
  }

  /// Whether its members still answer it, or its convenor still issues it.
  package var isOpen: Bool { self == .circulated || self == .finalized }
}

/// Where a result stands.
package enum ResultState: String, CodeTable {
  case valid, revised, revoked

  /// The words people see for the state.
  package var term: Term {
    switch self {
    case .valid: Term("有效", "valid")
    case .revised: Term("已更正", "replaced by a correction")
    case .revoked: Term("已撤销", "revoked")
    }
  }
}

/// What became of the unit's request for more time.
package enum ExtensionState: String, CodeTable {
  case none, requested, granted, denied

  /// The words people see for the state.
  package var term: Term {
    switch self {
    case .none: Term("未申请", "not asked for")
    case .requested: Term("延期待批", "asked for")
    case .granted: Term("已延期", "granted")
    case .denied: Term("不准延期", "denied")
    }
  }
}
