import Casework
import Ledger
import Office
import Testing

/// Every deadline of the table, over holidays, make-up days (调休) and the ends of months.
///
/// The dates were counted by a program of their own that knows the notices of the State Council day
/// by day and shares nothing with this one.
@Suite struct DeadlineTableTests {
  /// A rule, the day from which it runs, and the last day.
  private static let counted: [(DeadlineRule.Code, String, String)] = [
    (.receive, "2023-01-19", "2023-01-28"),
    (.receive, "2023-04-21", "2023-04-24"),
    (.receive, "2024-02-09", "2024-02-19"),
    (.passOn, "2023-04-26", "2023-05-06"),
    (.passOn, "2023-04-21", "2023-04-27"),
    (.passOn, "2024-02-09", "2024-02-22"),
    (.decide, "2023-04-26", "2023-05-06"),
    (.decide, "2023-04-21", "2023-04-27"),
    (.decide, "2024-02-09", "2024-02-22"),
    (.dispose, "2023-03-05", "2023-04-06"),
    (.dispose, "2023-01-29", "2023-02-28"),
    (.dispose, "2023-03-23", "2023-04-23"),
    (.answerInquiry, "2023-03-05", "2023-04-06"),
    (.answerInquiry, "2023-01-29", "2023-02-28"),
    (.answerInquiry, "2023-03-23", "2023-04-23"),
    (.verify, "2023-03-29", "2023-10-07"),
    (.verify, "2023-05-31", "2023-11-30"),
    (.verify, "2023-04-07", "2023-10-07"),
    (.feedBack, "2023-01-05", "2023-04-06"),
    (.feedBack, "2023-03-31", "2023-06-30"),
    (.feedBack, "2023-01-23", "2023-04-23"),
    (.feedBackFinally, "2023-01-01", "2023-01-28"),
    (.feedBackFinally, "2023-04-21", "2023-05-15"),
    (.feedBackFinally, "2024-02-09", "2024-03-07"),
    (.tellPetitioner, "2023-01-06", "2023-01-28"),
    (.tellPetitioner, "2023-02-10", "2023-02-27"),
    (.tellPetitioner, "2023-01-13", "2023-01-28"),
    (.objectToTransfer, "2023-04-26", "2023-05-06"),
    (.objectToTransfer, "2023-04-21", "2023-04-27"),
    (.objectToTransfer, "2024-02-09", "2024-02-22"),
    (.closePetition, "2023-04-23", "2023-06-25"),
    (.closePetition, "2023-01-24", "2023-03-27"),
    (.closePetition, "2023-02-22", "2023-04-23"),
    (.extendPetition, "2023-05-23", "2023-06-25"),
    (.extendPetition, "2023-01-26", "2023-02-27"),
    (.extendPetition, "2023-03-24", "2023-04-23"),
    (.askReview, "2023-05-23", "2023-06-25"),
    (.askReview, "2023-01-26", "2023-02-27"),
    (.askReview, "2023-03-24", "2023-04-23"),
    (.answerReview, "2023-05-23", "2023-06-25"),
    (.answerReview, "2023-01-26", "2023-02-27"),
    (.answerReview, "2023-03-24", "2023-04-23"),
    (.askReexamination, "2023-05-23", "2023-06-25"),
    (.askReexamination, "2023-01-26", "2023-02-27"),
    (.askReexamination, "2023-03-24", "2023-04-23"),
    (.answerReexamination, "2023-05-23", "2023-06-25"),
    (.answerReexamination, "2023-01-26", "2023-02-27"),
    (.answerReexamination, "2023-03-24", "2023-04-23"),
    (.feedBackReport, "2023-01-01", "2023-01-28"),
    (.feedBackReport, "2023-04-21", "2023-05-15"),
    (.feedBackReport, "2024-02-09", "2024-03-07"),
    (.planRectification, "2023-01-01", "2023-01-28"),
    (.planRectification, "2023-04-21", "2023-05-15"),
    (.planRectification, "2024-02-09", "2024-03-07"),
    (.rectify, "2023-01-05", "2023-04-06"),
    (.rectify, "2023-03-31", "2023-06-30"),
    (.rectify, "2023-01-23", "2023-04-23"),
    (.rectifyOnSite, "2023-04-26", "2023-05-06"),
    (.rectifyOnSite, "2023-04-21", "2023-04-27"),
    (.rectifyOnSite, "2024-02-09", "2024-02-22"),
    (.inspectReport, "2023-01-01", "2023-01-28"),
    (.inspectReport, "2023-04-21", "2023-05-15"),
    (.inspectReport, "2024-02-09", "2024-03-07"),
    (.answerLetter, "2023-01-06", "2023-01-28"),
    (.answerLetter, "2023-02-10", "2023-02-27"),
    (.answerLetter, "2023-01-13", "2023-01-28"),
    (.circulate, "2023-04-26", "2023-05-06"),
    (.circulate, "2023-04-21", "2023-04-27"),
    (.circulate, "2024-02-09", "2024-02-22"),
    (.countersign, "2023-04-26", "2023-05-06"),
    (.countersign, "2023-04-21", "2023-04-27"),
    (.countersign, "2024-02-09", "2024-02-22"),
    (.issueMinutes, "2023-01-19", "2023-01-28"),
    (.issueMinutes, "2023-04-21", "2023-04-24"),
    (.issueMinutes, "2024-02-09", "2024-02-19"),
    (.resolution, "2023-01-01", "2023-01-28"),
    (.resolution, "2023-02-05", "2023-02-27"),
    (.resolution, "2023-01-08", "2023-01-28"),
    (.answerRecommendation, "2023-02-05", "2023-04-06"),
    (.answerRecommendation, "2023-12-30", "2024-02-29"),
    (.answerRecommendation, "2023-02-23", "2023-04-23"),
    (.reportOnReconsideration, "2023-04-23", "2023-06-25"),
    (.reportOnReconsideration, "2023-01-24", "2023-03-27"),
    (.reportOnReconsideration, "2023-02-22", "2023-04-23"),
    (.dispute, "2023-05-23", "2023-06-25"),
    (.dispute, "2023-01-26", "2023-02-27"),
    (.dispute, "2023-03-24", "2023-04-23"),
    (.decideDispute, "2023-05-23", "2023-06-25"),
    (.decideDispute, "2023-01-26", "2023-02-27"),
    (.decideDispute, "2023-03-24", "2023-04-23"),
    (.approvePoliceReferral, "2023-01-18", "2023-01-28"),
    (.approvePoliceReferral, "2023-02-08", "2023-02-13"),
    (.approvePoliceReferral, "2023-01-25", "2023-01-28"),
    (.sendToPolice, "2023-09-28", "2023-09-29"),
    (.sendToPolice, "2023-12-31", "2024-01-01"),
    (.policeDecision, "2023-01-18", "2023-01-28"),
    (.policeDecision, "2023-02-08", "2023-02-13"),
    (.policeDecision, "2023-01-25", "2023-01-28"),
    (.compileReport, "2023-01-09", "2023-03-01"),
    (.compileReport, "2024-03-01", "2024-03-01"),
    (.compileReport, "2024-03-02", "2025-03-01"),
    (.publishReport, "2023-01-09", "2023-04-01"),
    (.publishReport, "2024-04-01", "2024-04-01"),
    (.publishReport, "2024-04-02", "2025-04-01"),
    (.warningEnds, "2023-08-31", "2024-02-29"),
    (.warningEnds, "2023-04-05", "2023-10-05"),
    (.demeritEnds, "2023-08-31", "2024-08-31"),
    (.demeritEnds, "2023-04-05", "2024-04-05"),
    (.majorDemeritEnds, "2023-08-31", "2025-02-28"),
    (.majorDemeritEnds, "2023-04-05", "2024-10-05"),
    (.demotionEnds, "2023-08-31", "2025-08-31"),
    (.demotionEnds, "2023-04-05", "2025-04-05"),
    (.tellInformantAccepted, "2023-01-01", "2023-01-28"),
    (.tellInformantAccepted, "2023-04-21", "2023-05-15"),
    (.tellInformantAccepted, "2024-02-09", "2024-03-07"),
    (.tellInformantResult, "2023-01-01", "2023-01-28"),
    (.tellInformantResult, "2023-04-21", "2023-05-15"),
    (.tellInformantResult, "2024-02-09", "2024-03-07"),
  ]

  @Test(arguments: counted)
  func `casework A7 a rule ends on the day that the calendar says`(
    _ code: DeadlineRule.Code, _ start: String, _ end: String
  ) throws {
    let start = try #require(CivilDate(start))
    let due = Deadlines(WorkCalendar()).due(code, from: start)
    #expect(due.on.description == end)
    #expect(due.rule == code)
  }

  @Test func `casework A7 every rule is counted here, and D1 to D25 have one each at least`() {
    #expect(Set(Self.counted.map(\.0)) == Set(DeadlineRule.Code.allCases))
    let numbers = DeadlineRule.table.map { rule in
      Int(rule.code.rawValue.dropFirst().prefix { $0.isNumber }) ?? 0
    }
    #expect(Set(numbers) == Set(1...25))
    #expect(numbers == numbers.sorted())
    #expect(DeadlineRule.table.map(\.code) == DeadlineRule.Code.allCases)
  }

  @Test func `casework A7 only what is moved by holidays is moved by an exception of the office`()
    throws
  {
    let start = try #require(CivilDate("2023-03-01"))
    for rule in DeadlineRule.table {
      let usual = WorkCalendar().end(of: rule.period, from: start)
      let closed = WorkCalendar(exceptions: [usual: false])
      let moved = closed.end(of: rule.period, from: start)
      switch rule.period {
      case .workingDays, .calendarDays, .months:
        #expect(moved > usual && closed.isWorkingDay(moved), "\(rule.code.rawValue)")
      case .monthsToTheDay, .hours, .yearly: #expect(moved == usual, "\(rule.code.rawValue)")
      }
    }
  }
}
