import FoundationEssentials
import Glibc
import Office
import PeerSupport
import Postgres
import TestSupport
import Testing

/// A planned year, played by agencies with processes and databases of their own.
@Suite(.timeLimit(.minutes(15)), .serialized) struct SampleYearScenario {
  private static let plan = """
    year: 2021
    clues:
      senders:
        420300-FZB: 3
        420304-FZB: 1
        420322-FZB: 0
      sources:
        judicial/420300-FY: 1
        public: 2
      resent: 1
      forwarded: 1
      merged: 1
      withdrawn: 1
    handling:
      unfounded: 1
      running: 1
      accountable: 2
    persons:
      casesOfTwo: 1
      party: 1
      both: 1
      organisational: 1
      admonished: 1
      revokedLater: 1
    petitions:
      homes:
        420300-SFJ: 3
      channels:
        letter: 1
        call: 1
      litigation: 1
      extended: 1
    enforcement:
      settled: [12.50, 30.00]
      open: 1
      inParts: 1
    upperFeedback:
      findings: 2
    midTerm:
      findings: 5
      extended: 1
      awaiting: 1
      overdue: 1
      relapsedLater: 1
    campaigns:
      营商环境: 2
    meetings:
      held: 3
      resolutions: 4
      amended: 1
      reserved: 1
    papers:
      issues: 1
      trainings: 1
      experts:
        420300-JW: 2
      secondments: 1
      assessed: 2
      surveys:
        2021: 2
      designated: [420304-FZB]
      candidates: [420322-FZB]
      instruments: 1
      channels: 1
      revokedSameDay: 1
    """

  @Test(.enabled(if: LongRuns.areOn, "a year of nine agencies: in the long run"))
  func `casework A1 a planned year is played at nine nodes, and nothing of it is void`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let plan = "\(directory)/plan.yaml"
      try Self.plan.write(toFile: plan, atomically: true, encoding: .utf8)
      let demo = try await RealDemo.make(
        at: "\(directory)/demo", words: ["--plan", plan, "--seed", "3"])
      let first = try await demo.whileReady(ending: SIGTERM) { sheet in
        let mark = try await loaded(demo)
        for agency in sheet.agencies { try await expectNothingVoid(agency) }
        let office = sheet.agencies[0]
        for (kind, count) in [
          ("caseFiled", 3), ("performed", 7), ("training", 1), ("survey", 1), ("score", 2),
        ] {
          #expect(try await results(kind, at: office) == count, "\(kind)")
        }
        #expect(try await results("petitionClosed", at: sheet.agencies[4]) == 2)
        try await expectFigures(demo, at: sheet.agencies)
        // The city's body knows of every clue: four that count, a duplicate, one withdrawn.
        #expect(try await count("casework.clue", at: sheet.agencies[1]) == 6)
        let states = try await itemStates(at: office)
        #expect(states["signedOff"] == 2 + 1 + 2 + 4)
        #expect(states["reopened"] == 1 && states["reported"] == 1)
        return mark
      }
      #expect(first.code == 130, "\(demo.said)")
      let second = try await demo.whileReady(ending: SIGTERM) { _ in
        try await eventually("it says that the year is there", within: .seconds(60)) {
          demo.said.contains("year.json")
        }
        return try await loaded(demo)
      }
      #expect(second.result == first.result)
      try await demo.expectNothingLeft()
    }
  }

  /// What the demo wrote down of the year, when it is whole.
  private func loaded(_ demo: RealDemo) async throws -> String {
    let path = "\(demo.directory)/year.json"
    let begin = ContinuousClock.now
    try await eventually("the year is loaded", within: .seconds(400)) {
      FileManager.default.fileExists(atPath: path)
    }
    print("a small year is loaded after \(ContinuousClock.now - begin)")
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    #expect(try JSONValue(parsing: bytes)["schema"] == .string("guantong.demo-year/v1"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The figures that the plan counts, at the city office and, those of clues, at the city's body;
  /// after the year one sanction is gone and one finding open again.
  private func expectFigures(_ demo: RealDemo, at agencies: [RealDemo.Agency]) async throws {
    let clues = ["clueReferred": 4, "caseFiled": 3, "accountable": 2, "personTimes": 3]
    let office = try await figures(demo, at: agencies[0])
    #expect(office.numbers.filter { clues.keys.contains($0.key) } == clues)
    #expect(
      try await figures(demo, at: agencies[1]).numbers.filter { clues.keys.contains($0.key) }
        == clues)
    #expect(office.numbers["settled"] == 2 && office.numbers["amount"] == 42_500_000)
    #expect(office.numbers["trainings"] == 1)
    #expect(office.numbers["petitionsAccepted"] == 2 && office.rates["petitionRate"] == [2, 2])
    #expect(office.rates["rectRate.upperFeedback2020"] == [2, 2])
    #expect(office.rates["rectRate.midTerm2021"] == [2, 5])
    let now = try await figures(demo, at: agencies[0], "--as-of", "now")
    #expect(now.numbers["personTimes"] == 2 && now.numbers["clueReferred"] == 4)
    #expect(now.rates["rectRate.midTerm2021"] == [1, 5])
  }

  private func figures(
    _ demo: RealDemo, at agency: RealDemo.Agency, _ more: String...
  ) async throws -> (numbers: [String: Int], rates: [String: [Int]]) {
    let words = ["report", "figures", "--year", "2021", "--json", "--config", agency.config]
    let run = try await Program.run(words: words + more)
    #expect(run.code == 0, "\(run.errors)")
    let answer = try JSONValue(parsing: run.output.utf8).decoded(as: API.Figures.self)
    var numbers: [String: Int] = [:]
    var rates: [String: [Int]] = [:]
    for figure in answer.figures {
      numbers[figure.code] = figure.value
      rates[figure.code] =
        figure.value == nil
        ? [figure.numerator, figure.denominator].compactMap(\.self) : nil
    }
    return (numbers, rates)
  }

  private func expectNothingVoid(_ agency: RealDemo.Agency) async throws {
    #expect(try await count("casework.void", at: agency) == 0, "\(agency.code)")
  }

  private func count(_ table: String, at agency: RealDemo.Agency) async throws -> Int? {
    let statement: SQL =
      table == "casework.void"
      ? "SELECT count(*) FROM casework.void" : "SELECT count(*) FROM casework.clue"
    return try await read(agency) { try $0.value(statement, as: Int.self) }
  }

  private func results(_ kind: String, at agency: RealDemo.Agency) async throws -> Int? {
    try await read(agency) { transaction in
      try transaction.value(
        "SELECT count(*) FROM casework.result WHERE kind = \(kind)", as: Int.self)
    }
  }

  private func itemStates(at agency: RealDemo.Agency) async throws -> [String: Int] {
    try await read(agency) { transaction in
      let rows = try transaction.rows(
        "SELECT state, count(*) FROM casework.item_card GROUP BY state")
      return try Dictionary(
        uniqueKeysWithValues: rows.map { (try $0.value(0, as: String.self), try $0.value(1)) })
    }
  }

  private func read<Value: Sendable>(
    _ agency: RealDemo.Agency,
    _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
  ) async throws -> Value {
    let connection = Connection(try ConnectionConfiguration(parsing: agency.readerUrl))
    let value = try await connection.transaction { transaction in try body(transaction) }
    await connection.close()
    return value
  }
}
