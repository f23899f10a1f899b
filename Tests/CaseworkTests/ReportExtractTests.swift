import Ledger
import TestSupport
import Testing

@testable import Casework

@Suite struct `the extracts of a report` {
  private static let salts: [UInt8] = [1, 2]

  private func subject() throws -> ReportSubject {
    try #require(
      ReportSubject(
        of: Town.fzb, year: 2023, asOf: try CaseWorld.day("2023-12-31"),
        rules: CountingRules.newest))
  }

  /// A clue of FZB on which JW decided, and one that FZB withdrew from nobody.
  private func counted() throws -> FigureReport {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file()
    try clue.sanction("P-001", .party, "warning", filing: filing)
    let subject = try subject()
    return FigureReport(
      subject, regions: ["420300", "420322"], lines: subject.lines(of: [try clue.folded()]))
  }

  @Test func `are opened by their digest alone, and the figures are what they add up to`() throws {
    let counted = try counted()
    let (report, extracts) = counted.frozen { _ in .sha256(Self.salts) }
    #expect(extracts.map(\.contributor) == [Town.jw])
    let text = try #require(extracts.first).text
    let closed = try #require(FigureReport(text: report.text))
    #expect(closed.lacking == [Town.jw] && closed.contributors == [Town.jw] && closed.isSound)
    #expect(closed.tally.sums.values.allSatisfy { $0 == FigureTally.Sum() })
    #expect(!report.text.contains(try #require(extracts[0].pieces.first?.marks.first).description))
    let read = closed.opened(by: ["", report.text, text, text])
    #expect(read.lacking == [] && read.isSound && read.hasBytes(of: report))
    #expect(read.tally.sums == counted.tally.sums)
    #expect(read.tally(of: Town.jw).sums == counted.tally.sums)
    // Another text with the right title opens nothing: what is confirmed is these bytes.
    for other in [text + "\n", text.replacing(" 1 ", with: " 2 "), String(text.dropLast())] {
      #expect(closed.opened(by: [other]).lacking == [Town.jw])
    }
    let others = counted.frozen { _ in .sha256([3]) }.extracts
    #expect(others[0].digest != extracts[0].digest)
    #expect(closed.opened(by: others.map(\.text)).lacking == [Town.jw])
  }

  @Test func `are fewer than the figures, or as many where all are here, or it is no report`()
    throws
  {
    let (report, extracts) = try counted().frozen { _ in .sha256(Self.salts) }
    let texts = extracts.map(\.text)
    for (told, isSound) in [("2", false), ("0", false), ("1", true)] {
      let text = report.text.replacing("figure personTimes 1 ", with: "figure personTimes \(told) ")
      let read = try #require(FigureReport(text: text))
      #expect(read.opened(by: texts).isSound == isSound, "\(told)")
    }
    // With an extract that is not here, a figure may be more and never less.
    let another = "extract \(Town.sfj.rawValue) \(Hash256.sha256([4]).hex)"
    for (told, isSound) in [("2", true), ("0", false)] {
      let text = report.text.replacing("figure personTimes 1 ", with: "figure personTimes \(told) ")
      let read = try #require(FigureReport(text: text + "\n" + another)).opened(by: texts)
      #expect(read.lacking == [Town.sfj] && read.isSound == isSound, "\(told)")
    }
  }

  @Test func `one that is not here is left out of a comparison, and nothing differs by it`()
    throws
  {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.accept()
    let (folded, subject) = (try clue.folded(), try subject())
    let report = FigureReport(
      subject, regions: [], lines: subject.lines(of: [folded])
    ).frozen { _ in .sha256(Self.salts) }.report
    let closed = try #require(FigureReport(text: report.text))
    var comparison = ReportComparison(closed, asOf: subject.asOf)
    comparison.add([folded])
    #expect(comparison.differences.isEmpty && comparison.changes.isEmpty)
    #expect(closed.figures.contains { $0.key.code == .clueReferred && $0.sum.count == 1 })
  }

  @Test(arguments: [
    "piece petitionRate 420300 9223372036854775807/1 0000000000000000",
    "piece petitionRate 420300 1/9223372036854775807 0000000000000000",
    "piece amount 420300 -1 0000000000000000",
    "piece amount 420300 9223372036854775807 00000000000000000",
    "piece personTimes 999999999 1 0000000000000000",
    "piece nothing.at.all 420300 1 0000000000000000",
    "piece rectRate. 420300 0/1 0000000000000000",
    "piece", "piece b c d e", "piece personTimes 420300 0 ",
    "piece personTimes 420300 2 0000000000000001,0000000000000000",
  ])
  func `a hostile piece is refused and never counted`(line: String) throws {
    let text = try #require(try counted().frozen { _ in .sha256(Self.salts) }.extracts.first).text
    #expect(ReportExtract(text: text) != nil)
    let heading = text.split(separator: "\n").prefix(4).joined(separator: "\n")
    #expect(ReportExtract(text: heading + "\n" + line) == nil)
    let good = "piece personTimes 420300 1 0000000000000000"
    #expect(ReportExtract(text: heading + "\n" + good)?.pieces.count == 1)
  }

  /// Lines of evidence of cases filed by region, and which regions the report tells.
  @Test(arguments: [
    (["420300": 7, "420304": 5, "420322": 0], ["420300": 7, "420304": 5, "420322": 0]),
    (["420300": 7, "420304": 3, "420322": 6], ["420300": 7, "420304": nil, "420322": nil]),
    (["420300": 7, "420304": 3, "420322": 0], ["420300": nil, "420304": nil, "420322": 0]),
    (["420300": 4, "420304": 0, "420322": 0], ["420300": nil, "420304": nil, "420322": 0]),
    (["420300": 1, "420304": 2, "420322": 9], ["420300": nil, "420304": nil, "420322": 9]),
    (["420300": 2], ["420300": 2]),
  ])
  func `a county reads no other one's small number`(
    counts: [String: Int], told: [String: Int?]
  ) throws {
    let folded = try StagedClue().world.folded(Town.fzb)
    let cover = try #require(folded.coverEntry)
    let subject = try subject()
    let lines = counts.flatMap { region, count in
      (0..<count).map { number in
        let entry = FigureEntry(
          FigureKey(.caseFiled), in: folded.id,
          RecordID(timestamp: Timestamp(microseconds: Int64(number)), random: Array(0..<10)),
          by: cover, on: subject.asOf, owner: Town.code("\(region)-FZB"))
        return ReportSubject.Line(entry, of: Town.fzb)
      }
    }
    let report = FigureReport(subject, regions: Array(counts.keys), lines: lines)
    let figure = try #require(report.figures.first { $0.key.code == .caseFiled })
    #expect(figure.sum.count == Int64(counts.values.reduce(0, +)))
    let shares = figure.shares.map { ($0.region, $0.sum.map { Int($0.count) }) }
    #expect(Dictionary(uniqueKeysWithValues: shares) == told)
    #expect(FigureReport(text: report.text)?.figures == report.figures)
  }
}
