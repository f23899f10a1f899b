import Ledger
import Postgres
import Replica

extension Office {
  /// Lists the exceptions from Monday to Friday, those that the program knows and our own.
  package func calendar(_ request: API.CalendarRequest) async throws -> API.Calendar {
    let page = try Page(request.page, request.limit)
    return try await read { transaction in
      var days = StatutoryHolidays.exceptions.reduce(into: [CivilDate: API.CalendarDay]()) {
        $0[$1.key] = API.CalendarDay(day: $1.key.description, working: $1.value)
      }
      for row in try transaction.sql.rows("SELECT day, working, note FROM office.calendar") {
        let day: CivilDate = try row.value(0)
        days[day] = API.CalendarDay(
          day: day.description, working: try row.value(1), note: try row.value(2), own: true)
      }
      let wanted = days.filter { request.year == nil || $0.key.year == request.year }
      let (shown, next) = page.cut(wanted.sorted { $0.key < $1.key }.map(\.value))
      return API.Calendar(days: shown, next: next)
    }
  }

  /// Enters a day into our calendar; from now on due dates are computed by it.
  package func setCalendarDay(
    _ request: API.CalendarDayRequest, by acting: Acting
  ) async throws -> API.Calendar {
    try await write(API.setCalendarDay, request, by: acting, on: request.day) {
      transaction, desk in
      let day = try Self.day(request)
      try Self.enter([day], in: transaction)
      desk.detail = Repeat.line("\(day.working ? "working" : "off"): \(day.note)")
      let entered = API.CalendarDay(
        day: day.date.description, working: day.working, note: day.note, own: true)
      return API.Calendar(days: [entered])
    }
  }

  /// Enters the days of a file into our calendar, all of them or none.
  package func importCalendar(
    _ request: API.CalendarImportRequest, by acting: Acting
  ) async throws -> API.CalendarImport {
    let subject = request.days.first?.day ?? "-"
    return try await write(API.importCalendar, request, by: acting, on: subject) {
      transaction, desk in
      guard request.days.count <= Limits.calendarImportMax else {
        throw OfficeError(
          .tooLarge,
          ["bytes": "\(request.days.count)", "limit": "\(Limits.calendarImportMax)"])
      }
      guard !request.days.isEmpty else {
        throw OfficeError(.missingValue, ["field": "days"])
      }
      let days = try request.days.map(Self.day)
      var dates: Set<CivilDate> = []
      for day in days where !dates.insert(day.date).inserted {
        throw Field.invalid(day.date.description, "days", "calendar.once")
      }
      let replaced = try Self.enter(days, in: transaction)
      desk.detail = "\(days.count)"
      return API.CalendarImport(entered: days.count, replaced: replaced)
    }
  }

  private static func day(
    _ request: API.CalendarDayRequest
  ) throws -> (date: CivilDate, working: Bool, note: String) {
    guard let date = try Field.date(request.day, "day") else {
      throw OfficeError(.missingValue, ["field": "day"])
    }
    return (date, request.working, try Field.line(request.note, "note"))
  }

  /// Enters days, and says how many of them had an entry.
  @discardableResult
  private static func enter(
    _ days: [(date: CivilDate, working: Bool, note: String)],
    in transaction: borrowing OfficeTransaction
  ) throws -> Int {
    let count: SQL = "SELECT count(*) FROM office.calendar"
    let before = try transaction.sql.value(count, as: Int.self) ?? 0
    for day in days {
      try transaction.sql.later(
        """
        INSERT INTO office.calendar (day, working, note)
        VALUES (\(day.date), \(day.working), \(day.note))
        ON CONFLICT (day) DO UPDATE SET working = excluded.working, note = excluded.note
        """)
    }
    let after = try transaction.sql.value(count, as: Int.self) ?? 0
    guard after <= Limits.calendarDaysMax else {
      throw OfficeError(
        .tooLarge, ["bytes": "\(after)", "limit": "\(Limits.calendarDaysMax)"])
    }
    return days.count - (after - before)
  }
}
