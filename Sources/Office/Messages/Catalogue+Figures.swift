import Casework

extension Catalogue {
  /// The figures of the year and what is overdue.
  static let figureWords: [Message] =
    FigureCode.allCases.map { Message("figure.\($0.rawValue)", $0.term.zh, $0.term.en) }
    + FigureUnit.allCases.map { Message("figureUnit.\($0.rawValue)", $0.term.zh, $0.term.en) }
    + figureHelp + figurePages

  private static let figureHelp: [Message] = [
    Message("help.report", "统计与报表。", "Figures and reports."),
    Message(
      "help.report.figures", "按统计口径计算年度或季度数字,可下查到每一条依据。",
      "Count the figures of a year or quarter by the rules, each down to its evidence."),
    Message(
      "help.report.overdue", "列出逾期、验收退回和反弹的事项。",
      "List what is overdue, was rejected or has relapsed."),
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
