import Casework
import Ledger
import Office
import TestSupport
import Testing

/// A file of holidays, line by line, and what an office does with its days.
@Suite struct CalendarFileTests {
  private static func days(_ text: String) throws -> [API.CalendarDayRequest] {
    try CalendarFile.days(Array(text.utf8), of: "f.csv")
  }

  @Test func `a file of holidays is read as spreadsheets and people write it`() throws {
    let expected = [
      API.CalendarDayRequest(day: "2027-01-01", working: false, note: "元旦"),
      API.CalendarDayRequest(day: "2027-02-20", working: true, note: "春节调休,国办通知"),
    ]
    let lines = ["day,kind,note", "2027-01-01,off,元旦", "2027-02-20,working,春节调休,国办通知"]
    #expect(try Self.days(lines.joined(separator: "\n")) == expected)
    #expect(try Self.days("\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n") == expected)
    #expect(try Self.days("# 2027年\n\n" + lines.joined(separator: "\n\n")) == expected)
  }

  @Test(arguments: [
    ("2027-01-01,off,元旦", 1, "calendar.head"), ("日期,类别,说明", 1, "calendar.head"),
    ("day,kind,note\n2027-01-01,off", 2, "calendar.line"),
    ("day,kind,note\n\n2027-01-01,休,元旦", 3, "calendar.line"),
    ("day,kind,note\n,off,元旦", 2, "calendar.line"),
    ("day,kind,note\n2027-01-01,off,\"元旦\"", 2, "calendar.line"),
    ("day,kind,note\n2027-02-29,off,元旦", 2, "YYYY-MM-DD"),
    ("day,kind,note\n2027-01-01,off,元\u{202E}旦", 2, "value.line"),
    ("day,kind,note\n2027-01-01,off,元旦\n2027-01-01,off,元旦", 3, "calendar.once"),
  ])
  func `a line that is wrong is named with what stands there and what should`(
    _ text: String, _ line: Int, _ expected: String
  ) throws {
    let error = #expect(throws: OfficeError.self) { try Self.days(text) }
    #expect(error?.refusal == .invalidValue)
    #expect(error?.values["field"] == "f.csv:\(line)")
    #expect(error?.values["expected"] == expected)
  }

  @Test func `a file that is empty, too large or no text is refused whole`() throws {
    for text in ["", "day,kind,note", "day,kind,note\n2027-01-01,off, "] {
      let error = #expect(throws: OfficeError.self) { try Self.days(text) }
      #expect(error?.refusal == .missingValue)
    }
    let large = Array(repeating: UInt8(ascii: "#"), count: CalendarFile.bytesMax + 1)
    #expect(throws: OfficeError(.tooLarge, ["bytes": "65537", "limit": "65536"])) {
      try CalendarFile.days(large, of: "f.csv")
    }
    #expect(throws: OfficeError(.file, ["path": "f.csv", "detail": "file.noText"])) {
      try CalendarFile.days([0xFF, 0xFE], of: "f.csv")
    }
  }

  @Test(.database, .tags(.database), .timeLimit(.minutes(5)))
  func `casework A7 imported holidays move due dates, and a wrong day imports nothing`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2027-09-30")
      _ = try await fzb.open("petition", "反映办证超期")
      func due() async throws -> [String] {
        try await fzb.office.deadlines(API.DeadlineListRequest()).deadlines.map(\.dueOn)
      }
      func take(_ days: [API.CalendarDayRequest]) async throws -> [Int] {
        let taken = try await fzb.office.importCalendar(
          API.CalendarImportRequest(days: days), by: fzb.operator)
        return [taken.entered, taken.replaced]
      }
      // 2027-10-15 is a Friday; the program knows no holidays of 2027.
      #expect(try await due() == ["2027-10-15"])
      let days = try Self.days(
        """
        day,kind,note
        2027-10-15,off,样例调休
        2027-10-16,off,周六
        2027-10-17,working,样例补班
        """)
      #expect(try await take(days) == [3, 0])
      #expect(try await due() == ["2027-10-17"])
      #expect(try await take([days[0]]) == [1, 1])
      let wrong = API.CalendarDayRequest(day: "2027-10-32", working: false, note: "无")
      let open = API.CalendarDayRequest(day: "2027-10-15", working: true, note: "补班")
      await expect(.invalidValue) { try await take([open, wrong]) }
      await expect(.invalidValue) { try await take([open, open]) }
      await expect(.missingValue) { try await take([]) }
      let many = (0..<401).map { offset in
        API.CalendarDayRequest(
          day: CivilDate(days: Int32(21_000 + offset)).description, working: true, note: "多")
      }
      await expect(.tooLarge) { try await take(many) }
      #expect(try await due() == ["2027-10-17"])
      let own = try await fzb.office.calendar(API.CalendarRequest(year: 2027)).days
      #expect(own.map(\.note) == ["样例调休", "周六", "样例补班"])
      #expect(own.map(\.own) == [true, true, true])
    }
  }
}
