import Casework

extension Catalogue {
  /// What people call the deadlines, their lamps and the columns of their list.
  static let deadlineWords: [Message] =
    DeadlineRule.table.map {
      Message("deadline.\($0.code.rawValue)", $0.event.zh, $0.event.en)
    } + [
      Message(
        "expected.term", "期限及其依据,如 15cd 县实施办法第6条(wd 工作日、cd 日、mo 个月),或 default",
        "a period and its basis such as 15cd 县实施办法第6条 (wd working days, cd days, mo months), "
          + "or default"),
      Message(
        "expected.fixedTerm", "可以调整的期限:日期、时长由法律写明", "a term that may be set: the law fixes this one"
      ),
      Message(
        "expected.categories", "以“、”分开的类别,共 200 字以内,无空白,如 安全生产、信访积案",
        "categories parted by 、 without white space, 200 characters in all, such as 安全生产、信访积案"),
      Message("deadline.stated", "已写明的期限", "the date that is stated"),
      Message("lamp.green", "绿灯", "green"),
      Message("lamp.amber", "黄灯", "amber"),
      Message("lamp.red", "红灯", "red"),
      Message("lamp.black", "逾期过久", "long overdue"),
      Message("lamp.paused", "等待他机关", "waiting"),
      Message(
        "deadlines.clock", "本机时间与对方相差 {time},期限提示可能不准,不影响办理",
        "our clock and a peer's differ by {time}: lamps may be wrong, nothing else is"),
      Message("column.lamp", "亮灯", "lamp"),
      Message("column.days_left", "余日", "days left"),
      Message("column.owes", "责任机关", "owed by"),
      Message("column.deadline", "应办事项", "what"),
      Message("column.waiting_on", "等待", "waits for"),
      Message("column.suggestion", "建议督办", "suggestion"),
      Message("help.course", "各类卷宗、数字和人才的流程。", "Courses of dossiers, figures and experts."),
      Message("help.course.list", "列出流程及其阶段。", "List courses and where they stand."),
      Message("help.deadline", "期限、亮灯、督办建议。", "What is due, with lamps and what to do."),
      Message("help.deadline.list", "列出到期和逾期的事项。", "List what is due and overdue."),
    ]
}
