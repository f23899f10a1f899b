extension Catalogue {
  /// What people call the days of the calendar, and its commands.
  static let calendarWords: [Message] = [
    Message("calendar.working", "上班", "working"),
    Message("calendar.off", "休息", "off"),
    Message("calendar.own", "本机关录入", "entered here"),
    Message("calendar.known", "程序已知", "known to the program"),
    Message("column.day", "上班与否", "day"),
    Message("column.entered_by", "来源", "source"),
    Message("help.calendar", "工作日历:节假日和调休。", "The calendar of working days and holidays."),
    Message("help.calendar.set", "录入一天上班或休息。", "Enter a day as working or off."),
    Message(
      "help.calendar.import", "从文件录入一年的节假日和调休,全部录入或全不录入。",
      "Enter the holidays of a file, all of them or none."),
    Message(
      "calendar.imported", "录入 {entered} 天,其中 {replaced} 天替换原有录入;期限已按此计算",
      "{entered} days entered, {replaced} of them in place of an entry; dates are computed by them"
    ),
    Message("calendar.head", "表头 day,kind,note", "the head day,kind,note"),
    Message(
      "calendar.line", "一行 日期,working 或 off,说明(无引号),如 2027-01-01,off,元旦",
      "a line of date, working or off, and a note without quotation marks, such as "
        + "2027-01-01,off,New Year"),
    Message("calendar.once", "只出现一次的日期", "a day that stands there once"),
    Message("help.calendar.list", "列出节假日和调休。", "List holidays and days made up for them."),
  ]
}
