/// What an agency does with a document, an item, a dossier or a result (办理动作).
package enum Verb: String, CodeTable {
  case receive, note, accept, `return`, forward, requestWithdraw, agreeWithdraw, refuseWithdraw
  case supplement, feedBack, dispose
  case acknowledge, plan, report, requestExtension, grant, deny, dispute, uphold, dismissDispute
  case pass, reject, signOff, reopen, reassign, cancel
  case circulate, countersign, object, abstain, lapse, finalize, issue
  case revoke, admit, exclude, end
  case advance, assignCompetence, merge, relate, urge, prolong

  /// Whether the host of an agency without a node may record it from the agency's paper (代录).
  ///
  /// What a unit answers to a letter or says on an item that was given to it; never what decides
  /// about others, binds a text by its hash or changes who may see a dossier.
  package var mayBeRecorded: Bool {
    switch self {
    case .receive, .note, .accept, .return, .feedBack: true
    case .acknowledge, .plan, .report, .requestExtension, .dispute: true
    default: false
    }
  }

  /// The words people see for the verb.
  package var term: Term {
    switch self {
    case .receive: Term("签收", "receive")
    case .note: Term("阅知", "note")
    case .accept: Term("受理", "accept")
    case .return: Term("退回", "return")
    case .forward: Term("转送", "forward")
    case .requestWithdraw: Term("申请撤回", "ask to withdraw")
    case .agreeWithdraw: Term("同意撤回", "agree to the withdrawal")
    case .refuseWithdraw: Term("不同意撤回", "refuse the withdrawal")
    case .supplement: Term("补充材料", "supplement")
    case .feedBack: Term("反馈", "feed back")
    case .dispose: Term("处置", "dispose")
    case .acknowledge: Term("确认接办", "acknowledge")
    case .plan: Term("报送整改方案", "file a plan")
    case .report: Term("报送办理报告", "report")
    case .requestExtension: Term("申请延期", "ask for an extension")
    case .grant: Term("准予延期", "grant")
    case .deny: Term("不准延期", "deny")
    case .dispute: Term("提出异议", "dispute")
    case .uphold: Term("异议成立", "uphold the dispute")
    case .dismissDispute: Term("异议不成立", "dismiss the dispute")
    case .pass: Term("验收通过", "pass")
    case .reject: Term("退回整改", "reject")
    case .signOff: Term("销号", "sign off")
    case .reopen: Term("反弹重开", "reopen")
    case .reassign: Term("改派", "reassign")
    case .cancel: Term("取消", "cancel")
    case .circulate: Term("送会签", "circulate")
    case .countersign: Term("会签", "countersign")
    case .object: Term("提出意见", "object")
    case .abstain: Term("弃权", "abstain")
    case .lapse: Term("逾期视为弃权", "record a lapse")
    case .finalize: Term("定稿", "finalize")
    case .issue: Term("印发", "issue")
    case .revoke: Term("撤销", "revoke")
    case .admit: Term("纳入知悉", "admit")
    case .exclude: Term("回避", "exclude")
    case .end: Term("终止知悉", "end membership")
    case .advance: Term("推进", "advance")
    case .assignCompetence: Term("指定管辖", "assign competence")
    case .merge: Term("合并", "merge")
    case .relate: Term("关联", "relate")
    case .urge: Term("督办", "urge")
    case .prolong: Term("列入长期整改", "put on the long-term list")
    }
  }
}
