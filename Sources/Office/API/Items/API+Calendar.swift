extension API {
  /// Lists the days that are exceptions from Monday to Friday.
  package static let calendar = Endpoint<CalendarRequest, Calendar>(
    .get, "/office/v1/calendar", operation: "calendar", credential: .operator)

  /// Enters a day into the calendar of the office.
  package static let setCalendarDay = Endpoint<CalendarDayRequest, Calendar>(
    .post, "/office/v1/calendar", operation: "setCalendarDay", credential: .operator)

  /// Enters the days of a file into the calendar of the office, all of them or none.
  package static let importCalendar = Endpoint<CalendarImportRequest, CalendarImport>(
    .post, "/office/v1/calendar/import", operation: "importCalendar", credential: .operator)

  /// Asks for the calendar.
  package struct CalendarRequest: Codable, Hashable, Sendable {
    /// Only of this year.
    package var year: Int?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(year: Int? = nil, page: Int? = nil, limit: Int? = nil) {
      self.year = year
      self.page = page
      self.limit = limit
    }
  }

  /// Enters a day, in place of what was entered for it before.
  package struct CalendarDayRequest: Codable, Hashable, Sendable {
    /// The day, `YYYY-MM-DD`.
    package var day: String
    /// Whether offices work on it.
    package var working: Bool
    /// Why, such as the name of the holiday and the notice that ordered it.
    package var note: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(day: String, working: Bool, note: String) {
      self.day = day
      self.working = working
      self.note = note
    }
  }

  /// Enters days, each in place of what was entered for it before.
  package struct CalendarImportRequest: Codable, Hashable, Sendable {
    /// The days, each once, at most 400.
    package var days: [CalendarDayRequest]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(days: [CalendarDayRequest]) {
      self.days = days
    }
  }

  /// What became of the days of a file.
  package struct CalendarImport: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.calendar-import/v1"
    /// Days that were entered.
    package var entered: Int
    /// Those of them that took the place of an entry.
    package var replaced: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(entered: Int, replaced: Int) {
      self.entered = entered
      self.replaced = replaced
    }
  }

  /// Exceptions from Monday to Friday.
  package struct Calendar: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.calendar/v1"
    /// The earliest first.
    package var days: [CalendarDay]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(days: [CalendarDay] = [], next: Int? = nil) {
      self.days = days
      self.next = next
    }
  }

  /// One exception.
  package struct CalendarDay: Codable, Hashable, Sendable {
    /// The day.
    package var day: String
    /// Whether offices work on it.
    package var working: Bool
    /// Why; empty for what the program knows by itself.
    package var note: String
    /// Whether it was entered here; if not, the program knows it.
    package var own: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(day: String, working: Bool, note: String = "", own: Bool = false) {
      self.day = day
      self.working = working
      self.note = note
      self.own = own
    }
  }
}
