import Casework
import Ledger
import Office
import Testing

/// What a course, an item and a letter ask of whom, with lamps and suggestions.
@Suite struct DutyTests {
  private let deadlines = Deadlines(WorkCalendar())
  private let (home, handler): (AgencyCode, AgencyCode)

  init() throws {
    home = try #require(AgencyCode("420300-FZB"))
    handler = try #require(AgencyCode("420300-SFJ"))
  }

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  private func progress(
    _ course: Course, _ kind: String, _ stage: Stage, since: String? = "2023-09-20"
  ) throws -> Deadlines.Progress {
    Deadlines.Progress(
      machine: course.machine.name, kind: kind, author: home, stage: stage,
      begunOn: try day("2023-03-07"), stageOn: try since.map(day))
  }

  private func lines(_ duties: [Duty]) -> [String] {
    duties.map { "\($0.due.rule?.rawValue ?? "stated") \($0.owes) \($0.due.on)" }
  }

  @Test func `casework A7 the warning of a term goes with the period that it is one for`() throws {
    let verify = DeadlineRule.row(.verify)
    #expect(verify.warning != nil)
    let same = try #require(verify.changed(by: "6mo 县实施办法第6条"))
    #expect(same.warning == verify.warning)
    let shorter = try #require(verify.changed(by: "2mo 县实施办法第6条"))
    #expect(shorter.warning == nil, "it would begin after the end")
  }

  @Test(arguments: [
    (Stage.objected, ["D8 420300-FZB 2023-10-07"]),
    (.transferred, ["D8 420300-SFJ 2023-10-07", "D9 420300-SFJ 2023-09-27"]),
    (.accepted, ["D8 420300-SFJ 2023-10-07", "D10 420300-SFJ 2023-11-20"]),
    (.handling, ["D8 420300-SFJ 2023-10-07", "D10 420300-SFJ 2023-11-20"]),
    (.opinionIssued, ["D8 420300-SFJ 2023-10-07", "D10 420300-SFJ 2023-11-20"]),
    (.closed, ["D11 420300-FZB 2023-10-20"]), (.review, ["D11b 420300-FZB 2023-10-20"]),
    (.reexamination, ["D12b 420300-FZB 2023-10-20"]), (.finalized, []), (.archived, []),
    (.notAccepted, ["D8 420300-FZB 2023-10-07"]), (.guided, ["D8 420300-FZB 2023-10-07"]),
  ])
  func `casework A7 each stage of a petition asks what the regulation asks, of whoever has it`(
    _ stage: Stage, _ expected: [String]
  ) throws {
    var petition = try progress(Machines.petition, "petition", stage)
    petition.handler = handler
    petition.givenOn = petition.stageOn
    #expect(lines(deadlines.duties(of: petition)) == expected)
    // A notice of before it was given to whoever decides now tells the petitioner nothing.
    petition.toldOn = try day("2023-09-19")
    #expect(lines(deadlines.duties(of: petition)) == expected)
    // The decision ends nothing; the notice does, but where no decision has been taken yet.
    petition.toldOn = try day("2023-09-20")
    let untold = stage == .objected ? expected : expected.filter { !$0.hasPrefix("D8 ") }
    #expect(lines(deadlines.duties(of: petition)) == untold)
  }

  @Test func `casework A7 a review that is answered may be asked for once more, then no longer`()
    throws
  {
    var petition = try progress(Machines.petition, "petition", .review)
    petition.reviewedOn = try day("2023-09-20")
    #expect(lines(deadlines.duties(of: petition)) == ["D11b 420300-FZB 2023-10-20"])
    petition.reviewedOn = try day("2023-09-25")
    let right = deadlines.duties(of: petition)
    #expect(lines(right) == ["D12 420300-FZB 2023-10-25"] && right.allSatisfy(\.isRight))
    petition.stage = .reexamination
    petition.stageOn = petition.reviewedOn
    #expect(lines(deadlines.duties(of: petition)) == ["D12b 420300-FZB 2023-10-25"])
    petition.reviewedOn = try day("2023-10-09")
    #expect(deadlines.duties(of: petition).isEmpty)
  }

  @Test func `casework A7 a petition runs from its registration, then from its acceptance`() throws
  {
    var petition = try progress(Machines.petition, "petition", .registered, since: nil)
    #expect(lines(deadlines.duties(of: petition)) == ["D8 420300-FZB 2023-03-22"])
    petition.stage = .handling
    petition.stageOn = try day("2023-04-10")
    petition.acceptedOn = try day("2023-03-20")
    #expect(
      lines(deadlines.duties(of: petition)) == [
        "D8 420300-FZB 2023-03-22", "D10 420300-FZB 2023-05-19",
      ])
    petition.toldOn = try day("2023-03-21")
    #expect(lines(deadlines.duties(of: petition)) == ["D10 420300-FZB 2023-05-19"])
    // An extension stands, but for no more than thirty days; one that is over means nothing.
    petition.stage = .extended
    petition.dueOn = try day("2023-06-01")
    #expect(lines(deadlines.duties(of: petition)) == ["D10b 420300-FZB 2023-06-01"])
    petition.dueOn = try day("2023-12-01")
    #expect(lines(deadlines.duties(of: petition)) == ["D10b 420300-FZB 2023-06-19"])
    petition.dueOn = try day("2023-05-01")
    #expect(lines(deadlines.duties(of: petition)) == ["D10 420300-FZB 2023-05-19"])
  }

  @Test func `casework A7 of an inspection nothing is due but the feedback of its report`()
    throws
  {
    for stage in [Stage.planned, .approved, .noticed, .underway, .fedBack, .rectifying] {
      let inspection = try progress(Machines.inspection, "inspection", stage)
      #expect(deadlines.duties(of: inspection).isEmpty)
    }
    let report = try progress(Machines.inspection, "inspection", .reportApproved)
    #expect(lines(deadlines.duties(of: report)) == ["D13 420300-FZB 2023-10-17"])
  }

  @Test func `casework A7 figures are confirmed by each, and the annual report comes out in time`()
    throws
  {
    var report = try progress(Machines.figures, "annualReport", .compiled, since: nil)
    report.begunOn = try day("2023-12-29")
    report.silent = [handler]
    #expect(
      lines(deadlines.duties(of: report)) == [
        "D18b 420300-SFJ 2024-01-08", "D23b 420300-FZB 2024-04-01",
      ])
    report.stage = .reconciled
    report.stageOn = try day("2024-04-20")
    #expect(lines(deadlines.duties(of: report)) == ["D23b 420300-FZB 2024-04-01"])
    report.stage = .published
    #expect(deadlines.duties(of: report).isEmpty)
    let statement = try progress(Machines.figures, "statement", .reconciled)
    #expect(deadlines.duties(of: statement).isEmpty)
    var dossier = try progress(Machines.file, "report", .opened, since: nil)
    #expect(lines(deadlines.duties(of: dossier)) == ["D23 420300-FZB 2024-03-01"])
    dossier.hasReport = true
    #expect(deadlines.duties(of: dossier).isEmpty)
    #expect(deadlines.duties(of: try progress(Machines.file, "advice", .opened)).isEmpty)
  }

  @Test func `casework A7 an expert is back on the last day that was asked for`() throws {
    var expert = try progress(Machines.expert, "expert", .deployed)
    expert.lastDay = try day("2023-10-01")
    // The request states the day itself, so no holiday moves it.
    #expect(lines(deadlines.duties(of: expert)) == ["stated 420300-FZB 2023-10-01"])
    expert.stage = .returned
    #expect(deadlines.duties(of: expert).isEmpty)
  }

  @Test(
    arguments: [
      (["governmental:warning"], "D24 2024-03-20"), (["governmental:demerit"], "D24b 2024-09-20"),
      (["party:warning", "governmental:majorDemerit"], "D24c 2025-03-20"),
      (["governmental:demerit", "governmental:removal"], "D24d 2025-09-20"),
      (["governmental:discharge"], nil), (["party:probation2"], nil), ([], nil),
      (["governmental:warning", "governmental:discharge"], nil),
      (["party:warning", "governmental:warning"], "D24 2024-03-20"),
      (["governmental:demerit", "governmental:demerit"], "D24b 2025-09-20"),
      (
        ["governmental:demerit", "governmental:demerit", "governmental:removal"],
        "D24d 2025-09-20"
      ),
      (["governmental:demotion", "governmental:removal"], "D24d 2025-09-20"),
      (Array(repeating: "governmental:majorDemerit", count: 3), "D24c 2027-09-20"),
      (Array(repeating: "governmental:removal", count: 2), "D24d 2027-09-20"),
    ] as [([String], String?)])
  func `casework A7 a governmental sanction is in force for its months, to the day`(
    _ measures: [String], _ expected: String?
  ) throws {
    let term = deadlines.term(of: measures, from: try day("2023-09-20"), by: home)
    #expect(term.map { "\($0.due.rule?.rawValue ?? "") \($0.due.on)" } == expected)
    #expect(term?.isRight != false, "nobody owes anything, so it is never overdue")
  }

  private func finding(_ state: ItemState) throws -> Deadlines.Tracked {
    Deadlines.Tracked(
      kind: .finding, form: .feedback, issuer: home, unit: handler, state: state,
      issuedOn: try day("2023-09-20"))
  }

  @Test func `casework A7 a finding asks for a plan, a report and a conclusion in turn`() throws {
    #expect(
      lines(deadlines.duties(of: try finding(.issued))) == [
        "D14 420300-SFJ 2023-10-17", "D15 420300-SFJ 2023-12-20", "D21 420300-SFJ 2023-10-20",
      ])
    #expect(
      lines(deadlines.duties(of: try finding(.planned))) == [
        "D15 420300-SFJ 2023-12-20", "D21 420300-SFJ 2023-10-20",
      ])
    var reported = try finding(.reported)
    reported.reportedOn = try day("2023-11-01")
    let duties = deadlines.duties(of: reported)
    #expect(
      lines(duties) == [
        "D15 420300-SFJ 2023-12-20", "D21 420300-SFJ 2023-10-20", "D16 420300-FZB 2023-11-22",
      ])
    // The unit has done its part: its time is shown as waiting for the issuer.
    #expect(duties.first?.waiting == Duty.Waiting(on: home, since: try day("2023-11-01")))
    #expect(duties.last?.waiting == nil)
    for state in [ItemState.proposed, .passed, .signedOff, .cancelled] {
      #expect(deadlines.duties(of: try finding(state)).isEmpty)
    }
    var slip = try finding(.issued)
    (slip.kind, slip.form) = (.direction, .onSiteAssignment)
    #expect(lines(deadlines.duties(of: slip)) == ["D15b 420300-SFJ 2023-09-27"])
  }

  @Test func `casework A7 a dispute and a request for more time pause the unit, not the issuer`()
    throws
  {
    var item = try finding(.planned)
    item.askedOn = try day("2023-10-10")
    item.disputedOn = try day("2023-10-09")
    let duties = deadlines.duties(of: item)
    #expect(
      lines(duties) == ["D15 420300-SFJ 2023-12-20", "D21b 420300-FZB 2023-11-08"])
    #expect(duties.first?.waiting == Duty.Waiting(on: home, since: try day("2023-10-09")))
    let late = try day("2024-03-01")
    #expect(duties.map { deadlines.lamp(of: $0, on: late) } == [.paused, .black])
    item.isLongTerm = true
    item.stated = try day("2024-12-31")
    (item.askedOn, item.disputedOn, item.state) = (nil, nil, .issued)
    #expect(
      lines(deadlines.duties(of: item)) == [
        "stated 420300-SFJ 2024-12-31", "D21 420300-SFJ 2023-10-20",
      ])
  }

  @Test func `casework A7 letters whose answers the law wants are answered in its time`() throws {
    var letter = Deadlines.Letter(
      isReferral: false, form: .procuratorialRecommendation, state: .received,
      receivedOn: try day("2023-07-31"))
    #expect(deadlines.due(of: letter)?.rule == .answerRecommendation)
    // 2023-09-30 lies in a holiday; 10-07 is a working Saturday.
    #expect(deadlines.due(of: letter)?.on.description == "2023-10-07")
    letter.form = .reconsiderationOpinion
    #expect(deadlines.due(of: letter)?.rule == .reportOnReconsideration)
    // 2023-09-29 is the first day of the same holiday.
    #expect(deadlines.due(of: letter)?.on.description == "2023-10-07")
    letter.form = .policeReferral
    #expect(deadlines.due(of: letter)?.rule == .policeDecision)
    #expect(deadlines.due(of: letter)?.on.description == "2023-08-03")
    letter.answerBy = try day("2023-08-15")
    #expect(deadlines.due(of: letter)?.on.description == "2023-08-15")
  }

  @Test(arguments: [
    ("2023-09-21", Lamp.green), ("2023-09-25", .green), ("2023-09-26", .amber),
    ("2023-10-07", .amber), ("2023-10-08", .red), ("2023-11-06", .red), ("2023-11-07", .black),
  ])
  func `casework A7 the lamp is amber for three working days, red after them, then black`(
    _ today: String, _ lamp: Lamp
  ) throws {
    // Of the days after 2023-09-26 offices work on 27, 28, and then on Saturday 10-07.
    let duty = Duty(DueDate(rule: nil, on: try day("2023-10-07")), home)
    #expect(deadlines.lamp(of: duty, on: try day(today)) == lamp)
  }

  @Test func `casework A7 a verification is amber after three of its six months`() throws {
    let duty = Duty(deadlines.due(.verify, from: try day("2023-04-03")), home)
    #expect(duty.due.on.description == "2023-10-07")
    #expect(deadlines.lamp(of: duty, on: try day("2023-07-02")) == .green)
    #expect(deadlines.lamp(of: duty, on: try day("2023-07-03")) == .amber)
  }

  @Test func `the ladder suggests the next rung when it is time, and skips none`() {
    #expect(Ladder.rungs.map(\.level) == SupervisionLevel.allCases)
    #expect(Ladder.next(after: nil, lamp: .green, daysOverdue: -20) == nil)
    #expect(Ladder.next(after: nil, lamp: .paused, daysOverdue: 90) == nil)
    #expect(Ladder.next(after: nil, lamp: .amber, daysOverdue: -1) == .reminder)
    #expect(Ladder.next(after: .reminder, lamp: .amber, daysOverdue: -1) == nil)
    #expect(Ladder.next(after: .reminder, lamp: .red, daysOverdue: 1) == .urging)
    #expect(Ladder.next(after: nil, lamp: .black, daysOverdue: 90) == .reminder)
    #expect(Ladder.next(after: .urging, lamp: .red, daysOverdue: 14) == nil)
    #expect(Ladder.next(after: .urging, lamp: .red, daysOverdue: 15) == .letter)
    #expect(Ladder.next(after: .talk, lamp: .black, daysOverdue: 60) == .circular)
    #expect(Ladder.next(after: .circular, lamp: .black, daysOverdue: 600) == nil)
    #expect(Ladder.highest(lamp: .amber, daysOverdue: -2) == .reminder)
    #expect(Ladder.highest(lamp: .red, daysOverdue: 3) == .urging)
    #expect(Ladder.highest(lamp: .black, daysOverdue: 90) == .letter)
    #expect(Ladder.highest(lamp: .green, daysOverdue: -9) == nil)
  }
}
