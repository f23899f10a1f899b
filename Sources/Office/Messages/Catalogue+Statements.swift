import Casework

extension Catalogue {
  /// What is said about the statement of two agencies.
  static let statements: [Message] =
    [
      Message(
        "help.report.statement", "与对方机关的对账单:本机计算的与已印发的。",
        "The statement with another agency: what is computed here, and what was issued."),
      Message("help.statement", "对账单:拟稿与会签。", "Statements of two agencies."),
      Message(
        "help.statement.create", "拟一个期间的对账单,主送对方;已有的则拟下一版。",
        "Draft the statement of a period for another agency, or its next version."),
      Message(
        "help.statement.countersign", "会签对方印发的对账单;本机计算一致方可。",
        "Countersign the statement of another agency, when the same is computed here."),
      Message(
        "refusal.statementDiffers.what", "账账不符,不能会签", "the ledgers differ, so nothing is signed"),
      Message(
        "refusal.statementDiffers.why", "{count} 处不符(件 → 应办机关: 记录): {pieces}",
        "{count} pieces differ (piece → who must act: records): {pieces}"),
      Message(
        "refusal.statementDiffers.next",
        "缺记录的一方用 guantong reconcile --peer CODE --repair 取齐,再看 guantong report statement"
          + " --peer {peer} --period {period}",
        "who lacks a record fetches it by guantong reconcile --peer CODE --repair; then see "
          + "guantong report statement --peer {peer} --period {period}"),
      Message(
        "conflict.statementTooLong", "期间内超过 {limit} 个卷宗,请改用较短的期间",
        "there are more than {limit} dossiers, take a shorter period"),
      Message(
        "conflict.statementUnreadable", "文书不是这两个机关的对账单", "the text is no statement of the two"),
      Message(
        "conflict.noStatement", "不是已印发且仍有效的对账单", "that is no statement that is issued and stands"),
      Message(
        "conflict.statementStale", "拟稿后账目已变,请重新拟对账单",
        "the ledgers have changed since it was drafted, draft it again"),
      Message("statement.agreed", "账账相符,已会签", "the ledgers agree, countersigned"),
      Message("statement.differs", "账账不符", "the ledgers differ"),
      Message("statement.open", "本机账目;尚无双方会签的对账单", "as computed here; none is countersigned yet"),
      Message(
        "statement.heading", "{agency} ↔ {peer}  {period} ({first} 至 {last})",
        "{agency} ↔ {peer}  {period} ({first} to {last})"),
      Message(
        "statement.cut", "只列最新的对账单与前 {limit} 处不符",
        "only the newest statements and the first {limit} differences are listed"),
      Message("statement.yes", "一致", "equal"),
      Message("statement.no", "不一致", "not equal"),
      Message("statement.unreadable", "无法读取", "unreadable"),
      Message("disposal.merged", "并入他件", "merged into another"),
      Message("statementUnit.letters", "函件", "letters"),
      Message("statementUnit.clues", "线索", "clues"),
      Message("column.addressee", "收文", "to"),
      Message("column.counted", "计数", "counted"),
      Message("column.issued", "已发", "issued"),
      Message("column.in_transit", "在途", "in transit"),
      Message("column.signed_for", "已签收", "received"),
      Message("column.accepted", "受理", "accepted"),
      Message("column.returned", "退回", "returned"),
      Message("column.forwarded", "转送", "forwarded"),
      Message("column.undecided", "待定", "pending"),
      Message("column.withdrawn", "撤回", "withdrawn"),
      Message("column.awaiting", "待处置", "awaiting"),
      Message("column.disposals", "处置", "disposals"),
      Message("column.ours", "本机", "here"),
      Message("column.theirs", "对账单", "statement"),
      Message("column.missing_here", "本机缺", "lacking here"),
      Message("column.missing_there", "对账单缺", "lacking there"),
      Message("column.must_act", "应办机关", "must act"),
      Message("column.equal", "与本机", "against ours"),
    ]
    + HandlingStage.allCases.map {
      Message("disposal.\($0.rawValue)", $0.term.zh, $0.term.en)
    }
}
