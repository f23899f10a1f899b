package import Ledger

/// Which days are working days: Monday to Friday, but for the exceptions (调休).
///
/// The starting day is never counted, months end on the corresponding day or on the last day of the
/// month, and a period whose last day is no working day ends on the next one that is (Civil Code of
/// the PRC, articles 201 to 203).
package struct WorkCalendar: Sendable, Equatable {
  private let exceptions: [CivilDate: Bool]

  /// Takes exceptions beside those of the State Council's notices that the program knows.
  ///
  /// An exception of the office wins over one of the program.
  package init(exceptions: [CivilDate: Bool] = [:]) {
    self.exceptions = StatutoryHolidays.exceptions.merging(exceptions) { _, own in own }
  }

  /// Whether offices work on this day.
  package func isWorkingDay(_ day: CivilDate) -> Bool {
    exceptions[day] ?? (day.weekday <= 5)
  }

  /// The day itself when it is a working day, else the next one that is.
  package func firstWorkingDay(from day: CivilDate) -> CivilDate {
    var day = day
    for _ in 0..<Limits.holidaysInARowMax {
      if isWorkingDay(day) { return day }
      day = day.adding(days: 1)
    }
    return day
  }

  /// The last day of a period that starts on a day.
  package func end(of period: DeadlineRule.Period, from start: CivilDate) -> CivilDate {
    switch period {
    case .calendarDays(let count): return firstWorkingDay(from: start.adding(days: count))
    case .months(let count): return firstWorkingDay(from: start.adding(months: count))
    case .monthsToTheDay(let count): return start.adding(months: count)
    case .hours(let count): return start.adding(days: (count + 23) / 24)
    case .yearly(let month, let day):
      let next = [start.year, start.year + 1].lazy
        .compactMap { CivilDate(year: $0, month: month, day: day) }.first { $0 >= start }
      return next ?? start
    case .workingDays(let count):
      var day = start
      for _ in 0..<count { day = firstWorkingDay(from: day.adding(days: 1)) }
      return day
    }
  }
}

/// The exceptions that the yearly notices of the General Office of the State Council made.
///
/// They are data of past years; an office enters those of later years in its own calendar.
enum StatutoryHolidays {
  static let exceptions: [CivilDate: Bool] = {
    var days: [CivilDate: Bool] = [:]
    for (year, spans) in holidays {
      for span in spans {
        guard let first = CivilDate(year: year, month: span.0, day: span.1) else { continue }
        for offset in 0..<span.2 { days[first.adding(days: offset)] = false }
      }
    }
    for (year, list) in makeUpDays {
      for (month, day) in list {
        if let date = CivilDate(year: year, month: month, day: day) { days[date] = true }
      }
    }
    return days
  }()

  /// First month, first day and number of days of each holiday.
  private static let holidays: [Int: [(Int, Int, Int)]] = [
    2023: [(1, 1, 2), (1, 21, 7), (4, 5, 1), (4, 29, 5), (6, 22, 3), (9, 29, 8)],
    2024: [(1, 1, 1), (2, 10, 8), (4, 4, 3), (5, 1, 5), (6, 8, 3), (9, 15, 3), (10, 1, 7)],
    2025: [(1, 1, 1), (1, 28, 8), (4, 4, 3), (5, 1, 5), (5, 31, 3), (10, 1, 8)],
    2026: [(1, 1, 3), (2, 15, 9), (4, 4, 3), (5, 1, 5), (6, 19, 3), (9, 25, 3), (10, 1, 7)],
  ]

  /// Days of a weekend on which offices work.
  private static let makeUpDays: [Int: [(Int, Int)]] = [
    2023: [(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)],
    2024: [(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    2025: [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    2026: [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
  ]
}
