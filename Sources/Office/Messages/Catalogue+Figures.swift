import Casework

extension Catalogue {
  /// The figures of the year and what is overdue.
  static let figureWords: [Message] =
    FigureCode.allCases.map { Message("figure.\($0.rawValue)", $0.term.zh, $0.term.en) }
    + FigureUnit.allCases.map { Message("figureUnit.\($0.rawValue)", $0.term.zh, $0.term.en) }
    + OversightKind.allCases.map { Message("oversight.\($0.rawValue)", $0.term.zh, $0.term.en) }
    + DeductionRule.allCases.map { Message("deduction.\($0.rawValue)", $0.term.zh, $0.term.en) }
    + figureHelp + figurePages + mechanismPages

  private static let figureHelp: [Message] = [
    Message("help.report", "统计与报表。", "Figures and reports."),
    Message(
      "help.report.figures", "按统计口径计算年度或季度数字,可下查到每一条依据。",
      "Count the figures of a year or quarter by the rules, each down to its evidence."),
    Message(
      "help.report.overdue", "列出逾期、验收退回和反弹的事项。",
      "List what is overdue, was rejected or has relapsed."),
    Message(
      "help.report.matrix", "各类监督贯通矩阵:从哪类监督来、由哪类监督接办,可下查到每一件。",
      "Count which kind of oversight took up what came from which, each down to its evidence."),
    Message(
      "help.report.deductions", "列出考核扣分:已印发的和应扣未扣的。",
      "List the points that assessments take off, issued or still open."),
    Message(
      "help.report.plan", "列出年度计划项目:批准、完成和对同一单位的多头计划。",
      "List the items of a year's plans: approved, done, and planned by several for one unit."),
    Message(
      "help.report.minutes", "列出一年的联席会议、纪要及议定事项的落实。",
      "List the meetings of a year, their minutes and what became of the resolutions."),
    Message(
      "report.minutes",
      "{year} 年开会 {held} 次,印发纪要 {issued} 期,议定事项 {resolutions} 件,已销号 {signed_off} 件",
      "{year}: {held} meetings, {issued} with issued minutes, {resolutions} resolutions, "
        + "{signed_off} signed off"),
    Message(
      "help.report.assess", "按逾期、退回、反弹的事项拟一个单位的考核扣分。",
      "Draft the assessment of a unit from items overdue, rejected or relapsed."),
  ]

  private static let mechanismPages: [Message] = [
    Message(
      "report.matrix", "{period} 监督贯通,截至 {day},口径第 {rule} 版(行:来源,列:接办)",
      "oversight of {period} as of {day}, rule version {rule} (rows: from, columns: taken up by)"),
    Message("column.rule", "规则", "rule"),
    Message("column.points", "扣分", "points"),
    Message("column.assessment", "考核文书", "assessment"),
    Message("column.said", "单位意见", "the unit says"),
    Message(
      "deductions.unit", "{unit} 已扣 {points} 分({assessed} 项),应扣未扣 {open} 分({count} 项)",
      "{unit}: {points} points taken off by {assessed} lines, {open} more by {count} open lines"),
    Message(
      "plans.done", "{year} 年度计划项目 {planned} 项,已完成 {done} 项,截至 {day}",
      "plans of {year}: {done} of {planned} approved items done as of {day}"),
    Message(
      "plans.overlap", "有 {count} 个项目与其他机关对同一单位的计划重叠,请协商避免多头重复督查",
      "{count} items are for a unit that another agency plans to inspect, agree on one inspection"),
    Message("column.plan", "计划", "plan"),
    Message("column.co_units", "配合单位", "taking part"),
    Message("column.inspections", "督察", "inspections"),
    Message("column.overlaps", "重叠项目", "overlaps"),
    Message(
      "conflict.nothingToAssess", "没有应扣未扣的事项", "there is nothing left to take points off for"),
    Message(
      "conflict.notAccountable", "该线索没有有效的追责问责或处分结果",
      "no accountability or sanction stands there"),
    Message(
      "conflict.copyOfCase", "抄送机关无权知悉该线索,请从抄送中去掉",
      "an agency that gets a copy may not see the clue, leave it out"),
    Message(
      "conflict.assessed", "该扣分项已在本机关考核文书中,请先撤销或换新版",
      "an assessment of ours has a line of it already, revoke or replace that first"),
    Message(
      "conflict.assessedTwice", "同一事项按同一规则扣了两次", "two lines take points off for one record"),
    Message(
      "conflict.planUnapproved",
      "年度计划尚未批准或已失效;先用 guantong dossier advance --stage approved --number 记批准文号",
      "the plan is not approved or stands no more; first note its approval by guantong dossier "
        + "advance --stage approved --number"),
    Message(
      "conflict.noPlanItem", "不是本机关年度计划中的项目", "that is no item of a plan of ours"),
    Message(
      "conflict.noPurpose", "用途只用于有主送机关的函件,请去掉 --purpose",
      "only a letter with addressees has a purpose, leave --purpose out"),
    Message(
      "conflict.planNotNamed",
      "这是本机关年度计划的批准文号;按计划督察请用 --plan 指明项目,特批请填特批文号",
      "that is the approval of a plan of ours; name the item of the plan by --plan, or the number "
        + "of an approval of its own"),
    Message(
      "conflict.planNotAsked", "计划项目只用于督察、专项的批准",
      "only the approval of an inspection or a campaign rests on an item of a plan"),
  ]

  private static let figurePages: [Message] = [
    Message("column.figure", "指标", "figure"),
    Message("column.region", "行政区划", "region"),
    Message("column.measure", "单位", "unit"),
    Message("column.numerator", "分子", "numerator"),
    Message("column.denominator", "分母", "denominator"),
    Message("column.owner", "归属机关", "owner"),
    Message("column.decided_in", "依据记录", "decided in"),
    Message("column.days", "逾期天数", "days overdue"),
    Message("column.why", "情形", "why"),
    Message("overdue.overdue", "逾期", "overdue"),
    Message("overdue.rejected", "退回整改", "rejected"),
    Message("overdue.relapsed", "反弹", "relapsed"),
    Message(
      "report.figures", "{period} 统计,截至 {day},口径第 {rule} 版,本机关可见卷宗 {count} 个",
      "figures of {period} as of {day}, rule version {rule}, of {count} dossiers seen here"),
    Message(
      "report.unreadable", "{count} 个卷宗含有本版本不认识的记录,未全部计入;请升级后再统计",
      "{count} dossiers hold records that this build does not know and are not wholly counted; "
        + "upgrade first"),
    Message(
      "report.crowded", "{count} 件线索互相合并的件数超过一次可合计的上限,各按一件单独统计",
      "{count} clues are merged with more others than are counted together; each counts by itself"),
    Message(
      "report.campaignsCut", "专项过多,其余专项的整改率合计为 rectRate.campaign:rest",
      "there are too many campaigns, the others stand together as rectRate.campaign:rest"),
  ]
}
