import Casework
import Ledger
import Office
import Testing

@Suite struct DeadlineTests {
  private let deadlines = Deadlines(WorkCalendar())

  private func day(_ text: String) throws -> CivilDate {
    try #require(CivilDate(text))
  }

  @Test(arguments: [
    ("2023-01-31", 1, "2023-02-28"),
    ("2024-01-31", 1, "2024-02-29"),
    ("2023-03-14", 1, "2023-04-14"),
    ("2023-08-31", 1, "2023-10-07"),
    ("2023-10-31", 3, "2024-01-31"),
  ])
  func `casework E31: months end on the corresponding day, else on the last day of the month`(
    start: String, months: Int, end: String
  ) throws {
    // 2023-09-30 lies in a holiday that ends on 2023-10-06; 10-07 is a working Saturday.
    let due = WorkCalendar().end(of: .months(months), from: try day(start))
    #expect(due.description == end)
  }

  @Test(arguments: [
    ("2023-03-08", 3, "2023-03-13"),
    ("2023-04-28", 1, "2023-05-04"),
    ("2023-09-28", 1, "2023-10-07"),
    ("2023-06-21", 2, "2023-06-26"),
    ("2023-04-21", 1, "2023-04-23"),
  ])
  func `casework A7: working days skip weekends and holidays and count make-up days`(
    start: String, days: Int, end: String
  ) throws {
    let due = WorkCalendar().end(of: .workingDays(days), from: try day(start))
    #expect(due.description == end)
  }

  /// The working days of each month as the package chinesecalendar 1.11.0 counts them, which shares
  /// nothing with this table.
  @Test(arguments: [
    (2023, [18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21]),
    (2024, [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22]),
    (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
    (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
  ])
  func `casework A7 each month has the working days that the notices leave`(
    _ year: Int, _ expected: [Int]
  ) {
    let calendar = WorkCalendar()
    let counted = (1...12).map { month in
      (1...31).compactMap { CivilDate(year: year, month: month, day: $0) }
        .filter(calendar.isWorkingDay).count
    }
    #expect(counted == expected)
  }

  @Test func `an exception of the office wins over one of the program`() throws {
    let makeUp = try day("2023-06-25")
    let calendar = WorkCalendar(exceptions: [makeUp: false])
    #expect(WorkCalendar().isWorkingDay(makeUp))
    #expect(!calendar.isWorkingDay(makeUp))
  }

  @Test func `casework appendix D: a disposition is due one month after the receipt`() throws {
    let letter = Deadlines.Letter(
      isReferral: true, state: .accepted, receivedOn: try day("2023-03-14"),
      acceptedOn: try day("2023-03-15"), stage: .registered, stageOn: try day("2023-03-15"))
    let due = try #require(deadlines.due(of: letter))
    #expect(due.rule == .dispose)
    #expect(due.on.description == "2023-04-14")
  }

  @Test func `a letter that nobody received yet is due two working days after its delivery`() throws
  {
    var letter = Deadlines.Letter(isReferral: true, state: .sent)
    #expect(deadlines.due(of: letter) == nil)
    letter.deliveredOn = try day("2023-03-10")
    #expect(deadlines.due(of: letter)?.on.description == "2023-03-14")
    letter.state = .received
    letter.receivedOn = try day("2023-03-13")
    #expect(deadlines.due(of: letter)?.rule == .decide)
    #expect(deadlines.due(of: letter)?.on.description == "2023-03-20")
  }

  @Test func `a decided case asks for its final feedback within fifteen working days`() throws {
    let letter = Deadlines.Letter(
      isReferral: true, state: .accepted, receivedOn: try day("2023-03-14"),
      acceptedOn: try day("2023-03-15"), stage: .executed, stageOn: try day("2023-09-20"))
    let due = try #require(deadlines.due(of: letter))
    #expect(due.rule == .feedBackFinally)
    // 09-29 to 10-06 are holidays, 10-07 and 10-08 are working days of that weekend.
    #expect(due.on.description == "2023-10-17")
  }

  @Test func `a letter without a date asks for an answer within fifteen days`() throws {
    let received = try day("2023-07-03")
    var letter = Deadlines.Letter(isReferral: false, state: .received, receivedOn: received)
    #expect(deadlines.due(of: letter)?.on.description == "2023-07-18")
    letter.answerBy = try day("2023-07-10")
    #expect(deadlines.due(of: letter)?.on.description == "2023-07-10")
    #expect(deadlines.due(of: letter)?.rule == nil)
  }

  @Test func `a resolution without a date is due in twenty days and a finding in three months`()
    throws
  {
    let issued = try day("2023-06-20")
    let resolution = deadlines.report(
      of: .resolution, state: .issued, stated: nil, issuedOn: issued)
    #expect(resolution?.on.description == "2023-07-10")
    let finding = deadlines.report(of: .finding, state: .issued, stated: nil, issuedOn: issued)
    #expect(finding?.on.description == "2023-09-20")
    #expect(
      deadlines.report(of: .finding, state: .signedOff, stated: nil, issuedOn: issued) == nil)
    #expect(
      deadlines.conclusion(state: .reported, reportedOn: try day("2023-07-03"))?.on.description
        == "2023-07-24")
  }

  @Test func `every rule of the table says what it rests on in both languages`() {
    for rule in DeadlineRule.table {
      #expect(!rule.basis.isEmpty)
      #expect(!rule.event.zh.isEmpty && !rule.event.en.isEmpty)
    }
    #expect(Set(DeadlineRule.table.map(\.code)).count == DeadlineRule.Code.allCases.count)
  }
}

@Suite struct BusinessClockTests {
  private let start = Timestamp(microseconds: 1_678_150_800_000_000)

  @Test func `the date is the one in Asia Shanghai`() throws {
    let evening = try #require(Timestamp("2023-03-07T16:30:00Z"))
    let clock = BusinessClock(isMovable: false) { evening }
    #expect(clock.today.description == "2023-03-08")
  }

  @Test func `only the clock of a sample node can be moved, and it runs on from there`() throws {
    let target = try #require(Timestamp("2023-03-07T01:00:00Z"))
    let system = self.start
    let movable = BusinessClock(isMovable: true) { system }
    movable.set(microsecondsAhead: movable.microsecondsAhead(for: target))
    #expect(movable.now == target)
    let fixed = BusinessClock(isMovable: false) { system }
    fixed.set(microsecondsAhead: 5_000_000)
    #expect(fixed.now == system)
  }
}
