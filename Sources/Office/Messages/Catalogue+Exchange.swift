extension Catalogue {
  /// What is shown of one agency of the directory, and of what the exchange could not take.
  static let exchangeWords: [Message] = agencyPages + heldPages + rejectedPages + logPages

  private static let agencyPages: [Message] = [
    Message("column.short_name", "简称", "short name"),
    Message("column.agency_level", "层级", "level"),
    Message("column.credit_code", "统一社会信用代码", "credit code"),
    Message("column.office", "名录职务", "office"),
    Message("column.hosts", "代管机关", "hosts"),
    Message("column.former_hosts", "曾由其代管", "formerly hosted by"),
    Message("column.particulars", "自述版本", "particulars"),
    Message("column.unpublished", "待公布版本", "not published yet"),
    Message("column.gateway", "网闸", "gateway"),
    Message("column.tls_pin", "证书公钥哈希", "certificate pin"),
    Message("column.acting", "在任人数", "people who act"),
    Message("column.withdrawn_at", "停用时间", "withdrawn"),
    Message("agencyLevel.province", "省级", "province"),
    Message("agencyLevel.city", "市级", "city"),
    Message("agencyLevel.county", "县级", "county"),
    Message("agencyOffice.registrar", "登记机关", "registrar"),
    Message("agencyOffice.governor", "治理机关", "governor"),
    Message("agencyOffice.both", "登记机关、治理机关", "registrar and governor"),
    Message("agencyKey.active", "有效", "in force"),
    Message("agencyKey.withdrawn", "已停用", "withdrawn"),
    Message("agencyKey.unknown", "算法较新,需升级", "of a newer suite; upgrade"),
    Message("gateway.envelopes", "内容以信封传送", "content in envelopes"),
    Message(
      "agency.governed", "换钥须 {governors} 中 {threshold} 家会签",
      "a new key takes {threshold} of {governors}"),
    Message(
      "agency.next.suspended",
      "该机关没有有效的密钥;如为本机关: guantong agency rotate-key",
      "no key of it is in force; if it is ours: guantong agency rotate-key"),
  ]

  private static let heldPages: [Message] = [
    Message("help.held.show", "查看待补的变更集:缺什么、自何时、下一步。", "Show what a held change set waits for."),
    Message(
      "help.held.retry", "立即重新核验待补的变更集,并索取所缺。",
      "Judge held change sets again now, and ask for what they wait for."),
    Message("column.asked", "索取", "asked"),
    Message("awaited.missing", "未到", "missing"),
    Message("awaited.held", "已到,自身待补", "here, and waits itself"),
    Message("awaited.rejected", "已拒收", "rejected"),
    Message("awaited.stored", "已入库", "stored"),
    Message("held.none", "没有待补的变更集", "nothing waits"),
    Message(
      "held.retried", "重新核验 {judged} 件: 入库 {stored},拒收 {rejected},仍待 {waiting}",
      "judged {judged} again: {stored} stored, {rejected} rejected, {waiting} still wait"),
    Message(
      "held.nobody", "没有可以索取的对端;等待其自行送来",
      "there is no peer to ask; what is missing comes when its author sends it"),
    Message(
      "held.more", "还有更多,请再次运行: guantong held retry",
      "there are more: run guantong held retry again"),
    Message(
      "expected.absentWithID", "空值;已写明变更集时不填该项", "empty, where a change set is named"),
    Message(
      "hold.next.ancestor", "节点会自行索取,补齐后自动入库;立即索取: guantong held retry {id}",
      "the node asks by itself and stores it when it is whole; to ask now: guantong held retry {id}"
    ),
    Message(
      "hold.next.directory-entry",
      "节点会向登记机关索取名录条目;立即索取: guantong held retry {id}",
      "the node asks the registrar for the entry; to ask now: guantong held retry {id}"),
    Message(
      "hold.next.seal", "须另有一份封条有效的副本;立即索取: guantong held retry {id}",
      "another copy with a valid seal is needed; to ask now: guantong held retry {id}"),
    Message(
      "hold.next.open-part", "须另有一份带公开部分的副本;立即索取: guantong held retry {id}",
      "another copy with the open part is needed; to ask now: guantong held retry {id}"),
    Message(
      "hold.next.unknown-format", "请升级本节点;启动后自动重新核验",
      "upgrade this node; it judges again after the start"),
    Message(
      "hold.next.unknown-suite", "请升级本节点;启动后自动重新核验",
      "upgrade this node; it judges again after the start"),
    Message(
      "hold.next.unknown-membership", "请升级本节点;启动后自动重新核验",
      "upgrade this node; it judges again after the start"),
  ]

  private static let rejectedPages: [Message] = [
    Message(
      "help.rejected.show", "查看被拒收的变更集:理由、来自谁、何时。",
      "Show a rejected change set: why, from whom and when."),
    Message(
      "rejected.marked", "该编号永久拒收,无论谁送来", "the id is refused for good, whoever brings it"),
    Message(
      "rejected.forgotten", "隔离的副本已超出上限而不再保留",
      "the copy in quarantine was given up beyond the limit"),
    Message("rejected.author", "其作者机关", "its author"),
    Message(
      "rejection.next.grant", "{author} 当时不是卷宗成员:请主办机关准入后由其重新办理",
      "{author} was no member then: the home admits it, and it acts anew"),
    Message(
      "rejection.next.key", "请 {author} 核对签名密钥,以有效的密钥重新办理",
      "{author} looks at its signing key, and acts anew under one in force"),
    Message(
      "rejection.next.directory", "请 {author} 与登记机关核对名录,更新后重新办理",
      "{author} compares its directory with the registrar, and acts anew"),
    Message(
      "rejection.next.ancestor", "请查看其前序被拒收的理由: guantong rejected list",
      "see why its ancestor was rejected: guantong rejected list"),
    Message(
      "rejection.next.program", "对方程序有误,本机无可修复:请把编号和理由告知 {author}",
      "the program of the other side is wrong and nothing is mended here: tell {author}"),
  ]

  private static let logPages: [Message] = [
    Message("help.sync.log", "查看最近与对端的交换。", "Show the last exchanges with peers."),
    Message("exchanged.received", "收到入库", "received"),
    Message("exchanged.confirmed", "对方已收", "confirmed"),
    Message("exchanged.held", "待补", "held"),
    Message("exchanged.rejected", "拒收", "rejected"),
    Message("exchanged.alarm", "警报", "alarm"),
    Message("exchanged.failed", "不通", "failed"),
    Message("exchanged.operator", "操作", "operator"),
    Message("exchanged.upTo", "至第 {number} 号", "up to number {number}"),
    Message(
      "exchanged.upToBut", "至第 {number} 号,其中 {untaken} 件未能入库",
      "up to number {number}, {untaken} of them not taken"),
    Message("exchangeAct.reconcile", "对账修复", "repair"),
    Message("exchangeAct.resume", "恢复签封", "resumed"),
    Message("exchangeAct.exportBundle", "导出交换包", "bundle exported"),
    Message("exchangeAct.importBundle", "导入交换包", "bundle imported"),
  ]
}
