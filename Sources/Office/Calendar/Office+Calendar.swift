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
      guard let day = try Field.date(request.day, "day") else {
        throw OfficeError(.missingValue, ["field": "day"])
      }
      let note = try Field.line(request.note, "note")
      let others = try transaction.sql.value(
        "SELECT count(*) FROM office.calendar WHERE day <> \(day)", as: Int.self)
      guard (others ?? 0) < Limits.calendarDaysMax else {
        throw OfficeError(
          .tooLarge,
          [
            "bytes": String(Limits.calendarDaysMax + 1),
            "limit": String(Limits.calendarDaysMax),
          ])
      }
      try transaction.sql.execute(
        """
        INSERT INTO office.calendar (day, working, note)
        VALUES (\(day), \(request.working), \(note))
        ON CONFLICT (day) DO UPDATE SET working = excluded.working, note = excluded.note
        """)
      desk.detail = Repeat.line("\(request.working ? "working" : "off"): \(note)")
      let entered = API.CalendarDay(
        day: day.description, working: request.working, note: note, own: true)
      return API.Calendar(days: [entered])
    }
  }
}
