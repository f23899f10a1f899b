extension Catalogue {
  /// What is said about the report of a year.
  static let reports: [Message] = [
    Message(
      "help.report.create", "拟年度统计:冻结数字及其依据,主送供数机关核对。",
      "Draft the report of a year: its figures frozen with what they rest on."),
    Message(
      "help.report.correct", "拟已公布年度统计的更正说明。",
      "Draft the correction notice of a published report."),
    Message(
      "refusal.reportDiffers.what", "本机关的摘录与本机计算不符,不能确认",
      "the own extract is not what is counted here, so nothing is confirmed"),
    Message(
      "refusal.reportDiffers.why", "{count} 处不符(+ 仅本机有的记录,- 仅年报有的标记): {pieces}",
      "{count} lines differ (+ a record that only counts here, - a mark that only the report has): "
        + "{pieces}"),
    Message(
      "refusal.reportDiffers.next",
      "用 guantong reconcile --peer {peer} --repair 取齐,再看 guantong report figures --against"
        + " {report};仍不符的用 guantong dossier advance {report} --stage disputed --note 说明",
      "fetch what lacks by guantong reconcile --peer {peer} --repair, then see guantong report "
        + "figures --against {report}; what still differs is disputed by guantong dossier advance "
        + "{report} --stage disputed --note WHY"),
    Message(
      "conflict.reportTooLong", "依据超过年报可载的条数",
      "there are more lines of evidence, or regions, than a report holds"),
    Message(
      "conflict.reportUnreadable",
      "文书不是该机关冻结的年度统计;用 guantong report create 拟稿,文字材料作为附件",
      "the text is no report that its author froze; draft it by guantong report create and attach "
        + "what is prose"),
    Message(
      "conflict.extractAway",
      "该机关的摘录不在本机:尚未送达的,取齐后再试;已销毁的,不能再核对",
      "the extract of that agency is not here: fetch it and try again, or it was destroyed and "
        + "nothing can be compared"),
    Message(
      "conflict.noReport", "不是已印发且仍有效的年度统计",
      "that is no report of the year that is issued and stands"),
    Message(
      "conflict.reportStale", "拟稿后数字或供数机关已变,请重新拟年度统计",
      "figures or contributors have changed since it was drafted, draft it again"),
    Message(
      "conflict.reportPublished", "该年度统计已公布,只能出更正说明",
      "the report of that year is published and only corrected by a notice"),
    Message(
      "conflict.reportStanding", "该年度已印发一份统计,请重新拟其下一版",
      "a report of that year is issued already, draft its next version"),
    Message(
      "conflict.reportUnpublished", "年度统计尚未公布,重新拟下一版即可",
      "the report is not published, draft its next version instead"),
    Message(
      "conflict.reportUnchanged", "与现有记录并无不同,截至", "nothing is otherwise now, as of"),
    Message(
      "report.against",
      "{year}年度统计 {number} ({author}) 截至 {frozen},口径第 {rule} 版;现截至 {day}",
      "report of {year} {number} ({author}) as of {frozen}, rule version {rule}; now as of {day}"),
    Message("report.extract", "只比对本机关的摘录", "the extract of this agency alone is compared"),
    Message("report.same", "与年报相同", "the same as the report"),
    Message(
      "report.sameInPart", "能读取的部分与年报相同", "the same as the report, as far as it can be read"),
    Message(
      "report.lacking", "摘录已不在本机,其依据未比对: {agencies}",
      "extracts that are not here any more, so that their lines are not compared: {agencies}"),
    Message(
      "report.frozen", "{agency} {year}年度统计,截至 {day},口径第 {rule} 版",
      "report of {year} by {agency} as of {day}, rule version {rule}"),
    Message(
      "report.extractOf", "{agency} 的{year}年度统计摘录,截至 {day},口径第 {rule} 版",
      "extract of {agency} of the report of {year} as of {day}, rule version {rule}"),
    Message("report.untold", "不单列", "not told apart"),
    Message(
      "report.digest", "{agency} 摘录的 SHA-256: {digest}",
      "SHA-256 of the extract of {agency}: {digest}"),
    Message("report.otherwise", "与年报不同", "otherwise than the report"),
    Message("report.missing", "尚未确认: {agencies}", "not confirmed by {agencies}"),
    Message("report.disputed", "有异议: {agencies}", "disputed by {agencies}"),
    Message("report.revoked", "撤销", "revoked"),
    Message("column.published", "公布", "published"),
    Message("column.current", "现有", "current"),
    Message("column.contributor", "供数机关", "contributor"),
    Message("column.mark", "标记", "mark"),
    Message("column.cause", "起因", "cause"),
  ]
}
