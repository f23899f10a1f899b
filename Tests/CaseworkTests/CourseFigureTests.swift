import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `petitions, settlements, trainings and rates` {
  private func row(_ staged: StagedCourse, _ stage: Stage) throws -> Rule<Stage> {
    try #require(
      staged.kind.course.machine.rule(.stage(stage), from: try staged.card().stage), "\(stage)")
  }

  private func count(_ staged: StagedCourse, year: Int = 2023, asOf: String? = nil) throws -> Count
  {
    try Count([[try staged.world.folded(Town.fzb)]], year: year, asOf: asOf)
  }

  private func record(
    _ kind: ResultKind, by agency: AgencyCode, on day: String, amount: Int64? = nil,
    _ staged: inout StagedCourse
  ) throws {
    let result = Result(
      kind: kind, on: try CaseWorld.day(day), amount: amount,
      actor: Town.person(agency, .sectionHead), role: .sectionHead)
    let id = staged.world.newID()
    let change = try staged.world.write(
      try staged.world.composer(agency).result(result, id: id), by: agency)
    #expect(try staged.world.folded(agency).flaws(in: change) == [])
    try staged.world.sync()
  }

  // MARK: Petitions

  @Test func `a petition counts from its acceptance, and is on time within its limit`() throws {
    // Accepted on 2023-03-08, so 60 days end on 2023-05-07.
    for (day, onTime) in [("2023-05-07", 1), ("2023-05-08", 0)] as [(String, Int64)] {
      var staged = try StagedCourse(.petition)
      #expect(try count(staged).of(.petitionRate) == 0)
      try staged.reach(.opinionIssued)
      let open = try count(staged)
      #expect(open(.petitionsAccepted) == 1 && open(.petitionsClosed) == 0)
      #expect(open(.petitionRate) == 0 && open.of(.petitionRate) == 1)
      try record(.petitionClosed, by: Town.fzb, on: day, &staged)
      let closed = try count(staged)
      #expect(closed(.petitionsClosed) == 1 && closed(.petitionRate) == 1)
      #expect(closed.of(.petitionRate) == 1 && closed(.petitionOnTime) == onTime)
      #expect(try count(staged, asOf: "2023-05-06")(.petitionRate) == 0)
    }
  }

  @Test func `an extension of a petition gives thirty days more and never another day`() throws {
    for (day, onTime) in [("2023-06-06", 1), ("2023-06-07", 0)] as [(String, Int64)] {
      var staged = try StagedCourse(.petition)
      try staged.reach(.handling)
      #expect(try staged.take(try row(staged, .extended)) == nil)
      try staged.world.sync()
      #expect(try staged.take(try row(staged, .opinionIssued)) == nil)
      try staged.world.sync()
      try record(.petitionClosed, by: Town.fzb, on: day, &staged)
      #expect(try count(staged)(.petitionOnTime) == onTime, "\(day)")
    }
  }

  @Test func `a petition that was given away or refused is not accepted`() throws {
    for stage in [Stage.transferred, .notAccepted, .guided] {
      var staged = try StagedCourse(.petition)
      #expect(try staged.take(try row(staged, stage)) == nil)
      try staged.world.sync()
      let found = try count(staged)
      #expect(found(.petitionsAccepted) == 0 && found.of(.petitionRate) == 0, "\(stage)")
    }
  }

  // MARK: Enforcement and trainings

  @Test func `edge E32 what was paid counts in fen once the court calls the case settled`() throws {
    var staged = try StagedCourse(.enforcement)
    for (day, fen) in [("2022-12-20", 100), ("2023-01-05", 20), ("2023-01-06", 3)] {
      try record(.performed, by: Town.fy, on: day, amount: Int64(fen), &staged)
    }
    let open = try count(staged)
    #expect(open(.settled) == 0 && open(.amount) == 0)
    #expect(try staged.take(try row(staged, .performed)) == nil)
    try staged.world.sync()
    let done = try count(staged)
    #expect(done(.settled) == 1 && done(.amount) == 123)
    #expect(done.evidence(.amount).count == 3)
    // Closing and archiving by the home change nothing.
    #expect(try staged.take(try row(staged, .closed)) == nil)
    try staged.world.sync()
    #expect(try count(staged)(.amount) == 123)
    #expect(try staged.take(try row(staged, .performing)) == nil)
    try staged.world.sync()
    #expect(try count(staged)(.settled) == 0)
  }

  @Test func `a case that the court terminated is not settled`() throws {
    var staged = try StagedCourse(.enforcement)
    try record(.performed, by: Town.fy, on: "2023-01-05", amount: 20, &staged)
    #expect(try staged.take(try row(staged, .terminated)) == nil)
    try staged.world.sync()
    #expect(try count(staged)(.settled) == 0 && count(staged)(.amount) == 0)
  }

  @Test func `a training counts by the day it was held`() throws {
    var staged = try StagedCourse(.expertPool)
    try record(.training, by: Town.fzb, on: "2023-04-18", &staged)
    try record(.training, by: Town.fzb, on: "2023-09-26", &staged)
    #expect(try count(staged)(.trainings) == 2)
    let quarter = try Count([[try staged.world.folded(Town.fzb)]], quarter: 2)
    #expect(quarter(.trainings) == 1)
  }

  // MARK: Rates

  /// An inspection with findings for SFJ, fed back on 2023-03-07.
  private func inspected(_ count: Int, campaign: String = "") throws -> (CaseWorld, [RecordID]) {
    var world = try CaseWorld()
    let cover = Dossier(kind: .inspection, title: "中期督察", campaign: campaign)
    let coverID = world.newID()
    try world.write(
      try world.composer(Town.fzb).opening(cover, id: coverID, admitting: [Town.jw, Town.sfj]),
      by: Town.fzb)
    let id = world.newID()
    let items = (0..<count).map { _ in
      (
        id: world.newID(),
        item: Item(document: id, number: 1, kind: .finding, text: "问题", unit: Town.sfj)
      )
    }
    var letter = try world.letter(.feedback, number: "样法督〔2023〕3号")
    letter.to = [Town.sfj]
    try world.write(
      try world.composer(Town.fzb).document(letter, id: id, items: items), by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    return (world, items.map(\.id))
  }

  private func act(
    _ verb: Verb, _ role: Role, _ item: RecordID, on day: String, by agency: AgencyCode,
    _ world: inout CaseWorld
  ) throws {
    let place = try world.act(verb, on: item, .item, by: agency, role: role, on: day) {
      $0.note = "说明"
    }
    #expect(try world.flaw(place, at: agency) == nil, "\(verb)")
    try world.sync()
  }

  private func signOff(_ item: RecordID, on day: String, _ world: inout CaseWorld) throws {
    try act(.report, .head, item, on: "2023-06-01", by: Town.sfj, &world)
    try act(.pass, .sectionHead, item, on: "2023-06-10", by: Town.fzb, &world)
    try act(.signOff, .deputy, item, on: day, by: Town.fzb, &world)
  }

  @Test func `a rate leaves out what a dispute cancelled and nothing else`() throws {
    var (world, items) = try inspected(4)
    try signOff(items[0], on: "2023-06-12", &world)
    try act(.dispute, .head, items[1], on: "2023-04-01", by: Town.sfj, &world)
    try act(.uphold, .deputy, items[1], on: "2023-04-10", by: Town.fzb, &world)
    try act(.cancel, .deputy, items[2], on: "2023-04-10", by: Town.fzb, &world)
    let count = try Count([[try world.folded(Town.fzb)]])
    #expect(count(.rectRate, "inspection") == 1 && count.of(.rectRate, "inspection") == 3)
    let before = try Count([[try world.folded(Town.fzb)]], asOf: "2023-04-09")
    #expect(before(.rectRate, "inspection") == 0 && before.of(.rectRate, "inspection") == 4)
  }

  @Test func `edge E12 a relapse lowers the rate from its day on`() throws {
    var (world, items) = try inspected(2, campaign: "midTerm2023")
    for item in items { try signOff(item, on: "2023-06-12", &world) }
    try act(.reopen, .deputy, items[0], on: "2024-02-01", by: Town.fzb, &world)
    let published = try Count([[try world.folded(Town.fzb)]])
    #expect(published(.rectRate, "midTerm2023") == 2)
    let now = try Count([[try world.folded(Town.fzb)]], asOf: "2024-02-01")
    #expect(now(.rectRate, "midTerm2023") == 1 && now.of(.rectRate, "midTerm2023") == 2)
    let lines = now.evidence(.rectRate)
    let verbs = try lines.map { try world.folded(Town.fzb).entry(at: $0.place)?.act?.verb }
    #expect(Set(verbs) == [.reopen, .signOff])
  }

  @Test func `a campaign that is called like a kind has a rate of its own`() throws {
    let (world, _) = try inspected(2, campaign: "inspection")
    let (other, _) = try inspected(1, campaign: "campaign:inspection")
    let (plain, _) = try inspected(3)
    let count = try Count(try [world, other, plain].map { [try $0.folded(Town.fzb)] })
    #expect(count.of(.rectRate, "inspection") == 3)
    #expect(count.of(.rectRate, "campaign:inspection") == 2)
    #expect(count.of(.rectRate, "campaign:campaign:inspection") == 1)
  }

  @Test func `an inspection stays in the figures of a year as long as it was open in it`() throws {
    var (world, items) = try inspected(2)
    try signOff(items[0], on: "2023-06-12", &world)
    let folded = try world.folded(Town.fzb)
    #expect(try Count([[folded]], year: 2022).of(.rectRate, "inspection") == nil)
    #expect(try Count([[folded]], year: 2024).of(.rectRate, "inspection") == 2)
    try signOff(items[1], on: "2023-12-31", &world)
    #expect(
      try Count([[try world.folded(Town.fzb)]], year: 2024).of(.rectRate, "inspection") == nil)
  }

  @Test func `a figure is printed with two decimals, and a rate of nothing has no number`() {
    func sum(_ count: Int64, _ of: Int64) -> FigureTally.Sum {
      FigureTally.Sum(count: count, of: of)
    }
    #expect(sum(61, 64).text(.rate) == "95.31")
    #expect(sum(26, 26).text(.rate) == "100.00")
    #expect(sum(2, 3).text(.rate) == "66.67")
    #expect(sum(199_999, 200_000).text(.rate) == "100.00")
    #expect(sum(0, 0).text(.rate) == "")
    #expect(sum(4_260_000_000, 0).text(.fen) == "4260.00")
    #expect(sum(504_999, 0).text(.fen) == "0.50")
    #expect(sum(505_000, 0).text(.fen) == "0.51")
    #expect(sum(29, 0).text(.cases) == "29")
  }

  @Test func `a period is a year or a quarter of it, in whole months`() {
    #expect(Period(year: 2023)?.description == "2023-01-01/2023-12-31")
    #expect(Period(year: 2024, quarter: 1)?.description == "2024-01-01/2024-03-31")
    #expect(Period(year: 2024, quarter: 4)?.description == "2024-10-01/2024-12-31")
    #expect(Period(year: 2024, quarter: 5) == nil && Period(year: 2024, quarter: 0) == nil)
    #expect(Period(year: 10_000) == nil && Period(year: -1) == nil)
  }

  @Test func `the rules have a version, and every version keeps its number`() {
    #expect(CountingRules.table.map(\.version) == Array(1...CountingRules.table.count))
    #expect(CountingRules.of(version: 1)?.version == 1)
    #expect(CountingRules.of(version: 0) == nil)
    #expect(CountingRules.of(version: CountingRules.newest.version + 1) == nil)
  }
}
