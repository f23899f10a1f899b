import ArgumentParser
import Office
import Testing

@testable import guantong

@Suite struct YearReportPageTests {
  private static let answer = API.ReportDifferences(
    report: "r", dossier: "d", number: "样法办报〔2024〕1号", author: "420300-FZB", year: 2023,
    asOf: "2023-12-31", ruleVersion: 1, stage: "published", contributors: ["420300-JW"],
    missing: ["420300-JW"], comparedAsOf: "2024-03-31",
    figures: [
      API.ReportFigure(
        code: "personTimes", unit: "personTimes", published: 20, publishedOf: 0, current: 19,
        currentOf: 0, publishedText: "20", currentText: "19")
    ],
    differences: [
      API.ReportDifference(
        figure: "personTimes", region: "420300", contributor: "420300-JW", mark: "00ff",
        dossier: "d", record: "s", published: 1,
        causes: [
          API.ReportCause(
            record: "v", changeSet: "c", author: "420300-JW", on: "2024-03-01", type: "result",
            what: "sanction", revokes: true)
        ])
    ])

  @Test func `edge E18 a person reads both numbers, who made the difference and when`() throws {
    let page = Self.answer.page(Words(language: .en, isASCII: false))
    let lines = page.lines(paint: Paint(.never, environment: [:], isTerminal: false))
    #expect(lines.dropFirst().first == "✘ otherwise than the report")
    #expect(lines.contains("▲ not confirmed by 420300-JW"))
    let figure = try #require(lines.first { $0.hasPrefix("personTimes") })
    #expect(figure.contains("20") && figure.contains("19"))
    #expect(lines.contains { $0.contains("2024-03-01 420300-JW") && $0.hasSuffix("revoked") })
    let program = page.programLines { $0.tabbed() }
    #expect(program.last == "personTimes\t420300\t420300-JW\t1\t\td\ts\t00ff\tv")
  }

  @Test func `what could not be read is counted, and then nothing is called the same`() {
    func first(_ answer: API.ReportDifferences) -> [String] {
      let page = answer.page(Words(language: .en, isASCII: false))
      return page.lines(paint: Paint(.never, environment: [:], isTerminal: false))
    }
    var answer = Self.answer
    answer.differences = []
    #expect(first(answer).contains("✔ the same as the report"))
    answer.unreadable = 2
    answer.lacking = ["420300-FY"]
    let lines = first(answer)
    #expect(lines.contains("▲ the same as the report, as far as it can be read"))
    #expect(!lines.contains("✔ the same as the report"))
    #expect(lines.contains { $0.hasPrefix("▲ 2 dossiers hold records") })
    #expect(lines.contains { $0.hasPrefix("▲ extracts") && $0.hasSuffix("420300-FY") })
  }

  @Test(arguments: [["--quarter", "1"], ["--evidence", "settled"], ["--page", "2"]])
  func `a report is compared as a whole`(arguments: [String]) {
    #expect(throws: (any Error).self) {
      try ReportFigures.parse(["--against", "r"] + arguments)
    }
  }
}
