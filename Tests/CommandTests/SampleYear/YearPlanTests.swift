import Office
import TestSupport
import Testing

@testable import guantong

/// What a plan file may say, and how a wrong one is refused.
@Suite struct YearPlanTests {
  @Test func `the plan that comes with the program has the numbers of the sample year`() throws {
    let plan = try YearPlan(YearPlan.sampleText, path: "sample")
    #expect(plan.year == 2023)
    #expect(plan.clues.total == 29)
    #expect(plan.clues.senders.map(\.count) == [13, 4, 4, 2, 2, 2, 1, 1, 0])
    #expect(plan.handling.verified == 25)
    #expect(plan.handling.filed == 23)
    #expect(plan.handling[.accountable] == 17)
    #expect(plan.persons.times == 20)
    #expect(plan.petitions.total == 26 && plan.petitions.accepted == 21)
    #expect(plan.enforcement.settled.count == 15)
    #expect(plan.enforcement.settled.reduce(0, +) == 4_260_000_000)
    #expect(plan.upperFindings == 26)
    #expect(plan.midTerm.findings == 64 && plan.midTerm.signedOff == 61)
    #expect(plan.campaigns.map(\.count) == [18, 22, 14, 9])
    #expect(plan.papers.trainings == 3)
    try plan.check("sample", among: DemoAgency.all(16).map(\.code))
  }

  @Test func `a second plan has numbers of its own`() throws {
    let plan = try YearPlan(SmallPlan.text, path: "small")
    #expect(plan.year == 2022 && plan.clues.total == 8 && plan.persons.times == 7)
    #expect(plan.enforcement.settled == [12_500_000, 100_000_000])
    try plan.check("small", among: DemoAgency.all(9).map(\.code))
  }

  @Test(arguments: [
    ("year: 2022", "years: 2022", "“year”"),
    ("  forwarded: 1", "  forwarded: -1", "0 to"),
    ("  forwarded: 1", "  forwarded: many", "“many”"),
    ("  forwarded: 1", "  forwarded: 1\n  forwarded: 1", "forwarded"),
    ("  accountable: 5", "  accountable: 6", "“handling”"),
    ("    public: 3", "    public: 2", "“clues.sources”"),
    ("    public: 3", "    rumour: 3", "“rumour”"),
    ("  organisational: 2", "  organisational: 1", "“persons.measures”"),
    ("  litigation: 1", "  litigation: 2", "“petitions.homes”"),
    ("    letter: 2", "    rumour: 2", "“rumour”"),
    ("  overdue: 2", "  overdue: 8", "“midTerm.extended…overdue”"),
    ("  settled: [12.5, 100]", "  settled: [12.555]", "“12.555”"),
    ("  settled: [12.5, 100]", "  settled: 12.5", "list"),
    ("  secondments: 2", "  secondments: 4", "“papers.secondments”"),
    ("    420300-JW: 2", "    420300-FZB: 2", "runs the pool"),
    ("    2021: 4", "    2025: 4", "“2025”"),
    ("    2021: 4", "    2021: 6", "“papers.surveys”"),
    ("year: 2022", "year: 3", "1990 to 2199"),
    ("year: 2022", "- year", "YAML"),
    ("handling:", "handling: 3\nother:", "keys and values"),
  ])
  func `a plan that is wrong is refused with what is wrong and what may stand there`(
    _ right: String, _ wrong: String, _ said: String
  ) throws {
    let text = SmallPlan.text.replacing(right, with: wrong, maxReplacements: 1)
    try #require(text != SmallPlan.text)
    let error = try #require(throws: OfficeError.self) { try YearPlan(text, path: "small") }
    #expect(error.refusal == .planWrong)
    let problem = error.problem(in: .en)
    #expect(problem.detail.contains(said), "\(problem.detail)")
    #expect(problem.detail.contains("small"), "\(problem.detail)")
  }

  @Test func `a plan for agencies that are not there names the first of them`() throws {
    let plan = try YearPlan(YearPlan.sampleText, path: "sample")
    let error = try #require(throws: OfficeError.self) {
      try plan.check("sample", among: DemoAgency.all(9).map(\.code))
    }
    #expect(error.problem(in: .en).detail.contains("420302-FZB"))
    #expect(error.problem(in: .en).detail.contains("--nodes 16"))
  }

  @Test func `a plan that is no file, no text or too long is refused`() async throws {
    try await Scratch.withDirectory { directory in
      let path = "\(directory)/plan.yaml"
      #expect(throws: OfficeError.self) { try YearPlan.read(path) }
      try FileOutput.write([0xFF, 0xFE], to: path)
      #expect(throws: OfficeError.self) { try YearPlan.read(path) }
      let long = Array(SmallPlan.text.utf8) + [UInt8](repeating: 0x0A, count: YearPlan.bytesMax)
      try FileOutput.write(long, to: path)
      #expect(throws: OfficeError.self) { try YearPlan.read(path) }
      try FileOutput.write(Array(SmallPlan.text.utf8), to: path)
      #expect(try YearPlan.read(path) == YearPlan(SmallPlan.text, path: path))
    }
  }
}
