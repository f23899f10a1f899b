import Casework
import Ledger

extension Catalogue {
  /// What people call the codes of the model; the casework codes bring their own words.
  static let codes: [Message] =
    own
    + table("dossier", DossierKind.self) + table("form", DocumentForm.self)
    + table("item", ItemKind.self) + table("result", ResultKind.self)
    + table("channel", PetitionChannel.self) + table("demand", DemandKind.self)
    + table("bid", BidLevel.self) + table("finding", FindingCategory.self)
    + table("role", Role.self) + table("verb", Verb.self)
    + table("draft", DocumentState.self) + table("referral", ReferralState.self)
    + table("clue", ReferralState.self)
    + table("withdrawal", WithdrawState.self) + table("handling", HandlingStage.self)
    + table("itemState", ItemState.self) + table("minutes", MinutesState.self)
    + table("stage", Stage.self) + table("level", SupervisionLevel.self)
    + table("resultState", ResultState.self) + table("void", Invalidity.self) + states

  /// States whose machine the reader is not told; the first machine that has the code names it.
  private static var states: [Message] {
    var seen: Set<String> = []
    let tables =
      table("state", ReferralState.self) + table("state", HandlingStage.self)
      + table("state", ItemState.self) + table("state", MinutesState.self)
      + table("state", ResultState.self) + table("state", DocumentState.self)
      + table("state", Stage.self)
    return tables.filter { seen.insert($0.key).inserted }
  }

  private static func table<Codes: CodeTable>(_ group: String, _ codes: Codes.Type) -> [Message] {
    codes.allCases.map { Message("\(group).\($0.rawValue)", $0.term.zh, $0.term.en) }
  }

  private static let own: [Message] = [
    Message("peer.equal", "一致", "equal"),
    Message("peer.behind", "落后", "behind"),
    Message("peer.unreachable", "不通", "unreachable"),
    Message("peer.forked", "分叉", "forked"),
    Message("peer.pending", "待加入", "pending"),
    Message("person.ended", "已离任", "time ended"),
    Message("peer.revoked", "已吊销", "revoked"),
    Message("agency.active", "在册", "active"),
    Message("agency.suspended", "停用", "suspended"),
    Message("agency.pending", "待加入", "pending"),
    Message("join.pending", "等待治理机关会签", "waiting for the governors"),
    Message("join.admitted", "已加入", "admitted"),
    Message("proposal.admission", "加入", "admission"),
    Message("proposal.key", "换钥", "key"),
    Message("proposal.governance", "治理", "governance"),
    Message("proposal.proposed", "待会签", "proposed"),
    Message("proposal.effective", "已生效", "effective"),
    Message("proposal.lapsed", "已失效", "lapsed"),
    Message(
      "void.stateSecret", "本系统不得处理国家秘密,请走涉密渠道",
      "this system must not handle state secrets; use the channel for classified material"),
    Message("membership.member", "知悉", "member"),
    Message("membership.ended", "已终止知悉", "ended"),
    Message("membership.excluded", "回避", "excluded"),
    Message("standing.counts", "有效", "counts"),
    Message("standing.void", "无效", "void"),
    Message("standing.unconfirmed", "待确认", "unconfirmed"),
    Message("row.changed", "被改", "changed"),
    Message("row.missing", "缺失", "missing"),
    Message("row.extra", "多出", "extra"),
    Message("row.skipped", "已变未改", "changed since"),
    Message("row.hole", "缺失", "hole"),
    Message("withdrawal.asked", "撤回待确认", "withdrawal asked"),
    Message("withdrawal.ineffective", "撤回未生效", "withdrawal without effect"),
    Message("clue.registered", "已登记,未移送", "registered, not referred yet"),
    Message("clue.withdrawRequested", "撤回待确认", "withdrawal asked"),
    Message("state.withdrawRequested", "撤回待确认", "withdrawal asked"),
    Message("draft.returned", "退回修改", "sent back"),
    Message("minutes.draft", "尚无纪要", "no minutes yet"),
    Message("minutes.final", "已定稿", "finalized"),
    Message("minutes.superseded", "已被取代", "superseded"),
    Message("shown.changeSet", "变更集", "change set"),
    Message("shown.dossier", "卷宗", "dossier"),
    Message("shown.document", "文书", "document"),
    Message("shown.item", "事项", "item"),
    Message("shown.act", "办理", "act"),
    Message("shown.result", "结果", "result"),
    Message("void.fork", "分叉之后", "after a fork"),
    Message("void.other-branch", "在另一分支", "on another branch"),
    Message("void.ended", "已退出", "after the agency was ended"),
    Message("void.excluded", "已回避", "after the agency was excluded"),
    Message("void.no-counting-grant", "没有有效的准入", "no grant counts"),
  ]
}
