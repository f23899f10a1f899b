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
    Message("help.calendar.list", "列出节假日和调休。", "List holidays and days made up for them."),
  ]
}
