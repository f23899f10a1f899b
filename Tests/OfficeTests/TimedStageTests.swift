import Casework
import Ledger
import Testing

@testable import Office

/// What a list of deadlines leaves to the database has no deadline.
@Suite struct TimedStageTests {
  @Test func `a course of which anything is due is in a stage that the list reads`() throws {
    let deadlines = Deadlines(WorkCalendar())
    let (home, handler) = (
      try #require(AgencyCode("420300-FZB")), try #require(AgencyCode("420300-SFJ"))
    )
    let day = try #require(CivilDate("2023-03-07"))
    var kinds: [(String, Course)] = [(ItemKind.expert.rawValue, Machines.expert)]
    for kind in DossierKind.allCases { kinds.append((kind.rawValue, Course.of(kind))) }
    for form in DocumentForm.allCases {
      if let course = Course.of(form) { kinds.append((form.rawValue, course)) }
    }
    var seen: Set<String> = []
    for (kind, machine) in kinds {
      for stage in Stage.allCases {
        var course = Deadlines.Progress(
          machine: machine.machine.name, kind: kind, author: home, stage: stage, begunOn: day,
          stageOn: day)
        (course.handler, course.lastDay, course.silent) = (handler, day, [handler])
        var answered = course
        answered.reviewedOn = day.adding(days: 1)
        let duties = deadlines.duties(of: course) + deadlines.duties(of: answered)
        guard !duties.isEmpty else { continue }
        let timed = try #require(
          Deadlines.timed.first { $0.machine == machine.machine.name && $0.stage == stage },
          "\(kind) \(stage)")
        #expect(!timed.isRight || duties.allSatisfy(\.isRight), "\(kind) \(stage)")
        seen.insert("\(timed.machine) \(timed.stage)")
      }
    }
    #expect(seen == Set(Deadlines.timed.map { "\($0.machine) \($0.stage)" }))
  }
}
