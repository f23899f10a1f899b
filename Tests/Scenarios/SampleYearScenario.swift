import FoundationEssentials
import Glibc
import Office
import PeerSupport
import Postgres
import TestSupport
import Testing

/// A planned year, played by agencies with processes and databases of their own.
@Suite(.timeLimit(.minutes(60)), .serialized) struct SampleYearScenario {
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
  func `casework A1, A4 a planned year is played at nine nodes, and a script counts the same`()
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
        try await expectFigures(at: sheet.agencies)
        try await expectAgreement(sheet.agencies, 2021)
        try await expectReport(sheet.agencies, 2021, personTimes: (3, 2), findings: (2, 1))
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

  @Test(.enabled(if: LongRuns.areOn, "the sample year of sixteen agencies: in the long run"))
  func `casework A1, A4 the sample year gives its figures at sixteen nodes, each to its records`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let demo = try await RealDemo.make(at: "\(directory)/demo", words: ["--nodes", "16"])
      let run = try await demo.whileReady(ending: SIGTERM) { sheet in
        _ = try await loaded(demo)
        let agencies = sheet.agencies
        for agency in agencies { try await expectNothingVoid(agency) }
        let office = try await CountedYear(program: agencies[0], 2023, asOf: "2023-12-31")
        expectSampleYear(office.figures)
        for agency in agencies {
          let own = try await CountedYear(program: agency, 2023, asOf: "2023-12-31").figures
          expectShare(own, of: office.figures, at: agency)
        }
        try await expectAgreement(agencies, 2023)
        try await expectReport(agencies, 2023, personTimes: (20, 19), findings: (61, 60))
        for figure in office.figures.keys { try await expectRecords(of: figure, at: agencies[0]) }
      }
      #expect(run.code == 130, "\(demo.said)")
      try await demo.expectNothingLeft()
    }
  }

  /// What the demo wrote down of the year, when it is whole.
  private func loaded(_ demo: RealDemo) async throws -> String {
    let path = "\(demo.directory)/year.json"
    let begin = ContinuousClock.now
    try await eventually("the year is loaded", within: .seconds(1_500)) {
      FileManager.default.fileExists(atPath: path)
    }
    print("a year is loaded after \(ContinuousClock.now - begin)")
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    #expect(try JSONValue(parsing: bytes)["schema"] == .string("guantong.demo-year/v1"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The figures that the plan counts, at the city office and, those of clues, at the city's body;
  /// after the year one sanction is gone and one finding open again.
  private func expectFigures(at agencies: [RealDemo.Agency]) async throws {
    let clues = ["clueReferred": 4, "caseFiled": 3, "accountable": 2, "personTimes": 3]
    let office = try await CountedYear(program: agencies[0], 2021, asOf: "2021-12-31").figures
    let body = try await CountedYear(program: agencies[1], 2021, asOf: "2021-12-31").figures
    for (code, number) in clues {
      #expect(office[code]?.value == number && body[code] == office[code], "\(code)")
    }
    #expect(office["settled"]?.value == 2 && office["amount"]?.value == 42_500_000)
    #expect(office["trainings"]?.value == 1 && office["petitionsAccepted"]?.value == 2)
    #expect(office["petitionRate"]?.rate == [2, 2])
    #expect(office["rectRate.upperFeedback2020"]?.rate == [2, 2])
    #expect(office["rectRate.midTerm2021"]?.rate == [2, 5])
    let now = try await CountedYear(program: agencies[0], 2021, asOf: "now").figures
    #expect(now["personTimes"]?.value == 2 && now["clueReferred"]?.value == 4)
    #expect(now["rectRate.midTerm2021"]?.rate == [1, 5])
  }

  /// The numbers of casework.md §4, by county and without those of the year after.
  private func expectSampleYear(_ office: [String: CountedYear.Figure]) {
    #expect(office["clueReferred"]?.value == 29)
    #expect(
      office["clueReferred"]?.byRegion == [
        "420300": 13, "420304": 4, "420322": 4, "420302": 2, "420303": 2, "420381": 2,
        "420325": 1, "420323": 1,
      ])
    #expect(office["caseFiled"]?.value == 23 && office["accountable"]?.value == 17)
    #expect(office["personTimes"]?.value == 20)
    #expect(office["petitionsAccepted"]?.value == 21 && office["petitionRate"]?.rate == [21, 21])
    #expect(office["settled"]?.value == 15 && office["amount"]?.value == 4_260_000_000)
    #expect(office["trainings"]?.value == 3)
    #expect(office["rectRate.upperFeedback2022"]?.rate == [26, 26])
    #expect(office["rectRate.midTerm2023"]?.rate == [61, 64])
  }

  /// What the office counts of a node's region, the node counts itself; a body, the court and the
  /// federation count all that they are entitled to.
  private func expectShare(
    _ own: [String: CountedYear.Figure], of office: [String: CountedYear.Figure],
    at agency: RealDemo.Agency
  ) {
    let codes = ["clueReferred", "caseFiled", "accountable", "personTimes"]
    switch agency.code {
    case "420300-JW": for code in codes { #expect(own[code] == office[code], "\(code)") }
    case "420300-FY", "420300-GSL":
      for code in ["settled", "amount"] { #expect(own[code] == office[code], "\(code)") }
    case let code where code.hasSuffix("-FZB"):
      let region = String(code.prefix(6))
      for figure in codes + ["petitionsAccepted", "petitionsClosed"] {
        let ours = own[figure]?.byRegion[region] ?? 0
        #expect(ours == office[figure]?.byRegion[region] ?? 0, "\(figure) at \(code)")
      }
    default: break
    }
  }

  /// At every node the script counts what the program counts: at the end of the year, and as of the
  /// day on which everybody looks at it.
  private func expectAgreement(_ agencies: [RealDemo.Agency], _ year: Int) async throws {
    for agency in agencies {
      for day in ["\(year)-12-31", "\(year + 1)-04-01"] {
        let program = try await CountedYear(program: agency, year, asOf: day)
        let script = try await CountedYear(script: agency, year, asOf: day)
        #expect(
          program == script,
          "\(agency.code) as of \(day):\n\(program.differences(from: script))")
      }
    }
  }

  /// The year ends with a report that its contributors confirmed; what was revoked or opened again
  /// after it is the whole difference, at the office and in the extract of the body that revoked.
  private func expectReport(
    _ agencies: [RealDemo.Agency], _ year: Int, personTimes: (Int, Int), findings: (Int, Int)
  ) async throws {
    let words = ["report", "figures", "--year", "\(year)", "--json", "--config"]
    let figures = try await Program.run(words: words + [agencies[0].config])
    let number = try JSONValue(parsing: figures.output.utf8).decoded(as: API.Figures.self).published
    let report = try #require(number, "no report is published")
    let told = try await differences(report, at: agencies[0])
    #expect(told.stage == "corrected" && told.missing == [] && told.disputed == [])
    #expect(Set(told.confirmed).isSuperset(of: ["420300-JW", "420300-FY", "420300-SFJ"]))
    let rate = "rectRate.midTerm\(year)"
    #expect(
      Set(told.figures.filter { $0.published != $0.current }.map(\.code)) == ["personTimes", rate])
    for code in ["personTimes", rate] {
      #expect(told.differences.count { $0.figure == code } == 1, "\(code)")
    }
    #expect(told.differences.count == 2)
    for (code, pair) in [("personTimes", personTimes), (rate, findings)] {
      let figure = try #require(told.figures.first { $0.code == code })
      #expect((figure.published, figure.current) == pair, "\(code)")
    }
    let body = told.differences.first { $0.figure == "personTimes" }?.contributor
    let extract = try await differences(
      report, at: try #require(agencies.first { $0.code == body }))
    #expect(extract.contributor == body)
    let lines = extract.differences
    #expect(lines.map(\.figure) == ["personTimes"])
    #expect(lines.allSatisfy { $0.current == nil && $0.causes.first?.revokes == true })
  }

  private func differences(
    _ report: String, at agency: RealDemo.Agency
  ) async throws -> API.ReportDifferences {
    let run = try await Program.run(
      words: ["report", "figures", "--against", report, "--json", "--config", agency.config])
    #expect(run.code == 2, "\(run.errors)")
    return try JSONValue(parsing: run.output.utf8).decoded()
  }

  /// A figure is what its lines add up to, and each line leads to a change set that is shown.
  private func expectRecords(of figure: String, at agency: RealDemo.Agency) async throws {
    let words = ["report", "figures", "--year", "2023", "--limit", "200", "--json"]
    let run = try await Program.run(
      words: words + ["--evidence", figure, "--config", agency.config])
    #expect(run.code == 0, "\(run.errors)")
    let list = try JSONValue(parsing: run.output.utf8).decoded(as: API.FigureEvidence.self)
    let counted = try await CountedYear(program: agency, 2023, asOf: "2023-12-31").figures[figure]
    #expect(list.next == nil)
    #expect(list.evidence.map(\.count).reduce(0, +) == counted?.value ?? counted?.numerator)
    for line in [list.evidence.first, list.evidence.last].compactMap(\.self) {
      let shown = try await Program.run(
        words: ["show", line.changeSet, "--json", "--config", agency.config])
      #expect(shown.code == 0, "\(shown.errors)")
      let change = try JSONValue(parsing: shown.output.utf8).decoded(as: API.Shown.self)
      #expect(change.records.contains { $0.id == line.decision }, "\(figure) \(line.decision)")
      #expect(change.author == line.author && change.standing == "counts")
    }
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
