import Ledger
import Office
import Testing

@testable import guantong

/// What the steps of a year come to, counted without a node.
@Suite struct TimelineTests {
  private static let sixteen = DemoAgency.all(16).map(\.code)
  private static let nine = DemoAgency.all(9).map(\.code)

  /// What writes no change set.
  private static let own = [
    "draft", "refer", "minutes", "createReport", "correctReport", "submit", "sign",
  ]

  private static func sample(seed: UInt64 = 1, scale: Int = 1) throws -> Timeline {
    try Timeline(
      YearPlan(YearPlan.sampleText, path: "sample"), seed: seed, scale: scale, agencies: sixteen)
  }

  private static func small(seed: UInt64 = 1) throws -> Timeline {
    try Timeline(YearPlan(SmallPlan.text, path: "small"), seed: seed, agencies: nine)
  }

  private static func end(_ year: Int) throws -> CivilDate {
    try #require(CivilDate(year: year, month: 12, day: 31))
  }

  @Test(arguments: [1, 2, 77] as [UInt64])
  func `casework A1 the steps of the sample year come to its figures`(_ seed: UInt64) throws {
    let tally = YearTally(try Self.sample(seed: seed), through: try Self.end(2023))
    #expect(tally.opened == 33 && tally.letters == 34)
    #expect(
      tally.referred == [
        "420300-FZB": 13, "420304-FZB": 4, "420322-FZB": 4, "420302-FZB": 2, "420303-FZB": 2,
        "420381-FZB": 2, "420325-FZB": 1, "420323-FZB": 1,
      ])
    #expect(
      tally.firstDispositions == ["verification": 25, "inquiry": 2, "shelved": 1, "closed": 1])
    #expect(tally.filed == 23 && tally.dismissed == 1)
    #expect(tally.accountable == 17)
    #expect(tally.personTimes == 20 && tally.persons == 19)
    #expect(tally.petitions == (21, 21) && tally.opened("petition") == 26)
    #expect(tally.channels == ["letter": 9, "call": 7, "visit": 5])
    #expect(tally.petitionsDescribed == 26)
    #expect(tally.enforcement == (15, 4_260_000_000) && tally.opened("enforcement") == 17)
    #expect(tally.findings("upperFeedback") == (26, 26))
    #expect(tally.findings("inspection") == (64, 61))
    #expect(tally.findings("campaign") == (63, 63) && tally.opened("campaign") == 4)
    #expect(tally.results(of: "training") == 3 && tally.results(of: "designation") == 3)
    #expect(tally.bids == ["provincial 2": 3, "national 3": 1])
    #expect(tally.results(of: "survey") == 3 && tally.results(of: "score") == 14)
    #expect(tally.ranks == ["2021": 2, "2022": 1, "2023": 2] && tally.scored.count == 14)
    #expect(tally.ranked == [17])
    #expect(tally.pool == (60, 9) && tally.opinions == (17, 17))
    #expect(tally.opened("issue") == 3 && tally.opened("instrument") == 3)
  }

  @Test func `edge E12, E18 after the year a finding is open again and a sanction is gone`() throws
  {
    let tally = YearTally(try Self.sample())
    #expect(tally.personTimes == 19)
    #expect(tally.findings("inspection") == (64, 60))
    #expect(tally.meetings == (5, 14) && tally.notices == (4, 20))
  }

  @Test func `a second plan comes to figures of its own`() throws {
    let timeline = try Self.small()
    let tally = YearTally(timeline, through: try Self.end(2022))
    #expect(tally.referred == ["420300-FZB": 5, "420304-FZB": 2, "420322-FZB": 1])
    #expect(tally.opened == 11 && tally.letters == 12)
    #expect(tally.filed == 6 && tally.accountable == 5)
    #expect(tally.personTimes == 7 && YearTally(timeline).personTimes == 6)
    #expect(tally.petitions == (4, 4) && tally.channels == ["letter": 2, "visit": 2])
    #expect(tally.petitionsDescribed == 6 && tally.ranked == [5])
    #expect(tally.enforcement == (2, 112_500_000))
    #expect(tally.findings("inspection") == (7, 5))
    #expect(tally.pool == (3, 2))
  }

  @Test func `the same seed gives the same steps and another one other steps`() throws {
    #expect(try Self.sample(seed: 5) == Self.sample(seed: 5))
    #expect(try Self.sample(seed: 5) != Self.sample(seed: 6))
  }

  @Test func `a scale multiplies every figure`() throws {
    let threefold = try Self.sample(scale: 3)
    let tally = YearTally(threefold, through: try Self.end(2023))
    #expect(tally.referred.values.reduce(0, +) == 87)
    #expect(tally.filed == 69 && tally.accountable == 51 && tally.personTimes == 60)
    #expect(tally.petitions == (63, 63))
    #expect(tally.enforcement == (45, 3 * 4_260_000_000))
    #expect(tally.findings("inspection") == (192, 183))
    let one = try Self.sample().steps.count
    #expect(threefold.steps.count > 2 * one)
  }

  @Test func `a step comes after all that it needs, and nothing is later than the day of looking`()
    throws
  {
    for timeline in [try Self.sample(), try Self.sample(seed: 9, scale: 2), try Self.small()] {
      var taken: [String: YearStep] = [:]
      for step in timeline.steps {
        #expect(taken[step.name] == nil, "\(step.name) stands twice")
        for need in step.needs {
          let earlier = try #require(taken[need], "\(step.name) needs \(need)")
          #expect(earlier.on <= step.on, "\(step.name) is earlier than \(need)")
          // What never leaves its node is needed by nobody else.
          if earlier.agency != step.agency {
            #expect(!Self.own.contains(earlier.operation), "\(step.name) needs \(need)")
          }
        }
        #expect(step.request.references.allSatisfy { step.needs.contains($0.step) })
        #expect(step.on <= timeline.today)
        taken[step.name] = step
      }
    }
  }

  @Test func `a reference is a whole text and is filled in wherever it stands`() {
    let answer = YearAnswer(step: "C1/letter-issue")
    let request = JSONValue.object([
      .init("clue", .string(answer.dossier)),
      .init("cites", .array([.string(answer.item(2)), .string("a {b:c} d")])),
    ])
    #expect(request.references.map(\.path) == ["dossier", "records.3"])
    let filled = request.filled { "<\($0.path)>" }
    #expect(filled.text(at: "clue") == "<dossier>")
    #expect(filled.text(at: "cites.0") == "<records.3>")
    #expect(filled.text(at: "cites.1") == "a {b:c} d")
  }
}
