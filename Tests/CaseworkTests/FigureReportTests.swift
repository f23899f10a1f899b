import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `the report of the year` {
  private func subject(asOf day: String = "2023-12-31") throws -> ReportSubject {
    try #require(
      ReportSubject(
        of: Town.fzb, year: 2023, asOf: try CaseWorld.day(day), rules: CountingRules.newest))
  }

  private func report(_ dossiers: [FoldedDossier]) throws -> FigureReport {
    let subject = try subject()
    return FigureReport(
      subject, regions: ["420322", "420300"], lines: subject.lines(of: dossiers))
  }

  /// A clue of which JW sanctioned two people, the second one's sanction revoked in March.
  private func revoked() throws -> (clue: CountedClue, revocation: Citation) {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file()
    try clue.sanction("P-001", .party, "warning", filing: filing, on: "2023-09-17")
    let sanction = try clue.sanction("P-002", .party, "warning", filing: filing)
    let revocation = try clue.sanction(
      "P-002", .party, "warning", filing: filing, on: "2024-03-01", revising: sanction.place,
      revoked: true)
    // Something else on another day is not the cause.
    try clue.state(.accountability, on: "2024-02-01", filing: filing)
    return (clue, revocation.place)
  }

  @Test func `is one text at every node that holds the same records, and is read again`() throws {
    let clue = try revoked().clue
    let report = try report([try clue.folded(Town.fzb)])
    #expect(report.text.utf8.elementsEqual(try self.report([try clue.folded(Town.jw)]).text.utf8))
    let lines = report.text.split(separator: "\n").map(String.init)
    #expect(lines.first == "guantong-report 2")
    #expect(lines.contains("year 2023 asOf 2023-12-31 rules 1 unreadable 0"))
    // One region's small number would be told by the sum, were the other one there.
    #expect(lines.contains("figure clueReferred 1 420300=- 420322=-"))
    #expect(lines.contains("figure personTimes 2 420300=- 420322=-"))
    #expect(lines.contains("figure petitionRate 0/0 420300=0/0 420322=0/0"))
    let headers = FigureReport.headers(of: Town.fzb, year: 2023)
    #expect(headers.count == 2 && headers.contains(where: report.text.hasPrefix))
    #expect(report.contributors == [Town.jw])
    let read = try #require(FigureReport(text: report.text))
    #expect(read.hasBytes(of: report))
    #expect(read.figures == report.figures && read.extracts.isEmpty)
  }

  @Test func `edge E09 names no dossier, record or person`() throws {
    let clue = try revoked().clue
    let folded = try clue.folded()
    let (report, extracts) = try report([folded]).frozen { _ in .sha256([1]) }
    #expect(!extracts.isEmpty)
    for text in [report.text] + extracts.map(\.text) {
      for entry in folded.entries {
        #expect(!text.contains(entry.record.id.uuidString))
        #expect(!text.contains(entry.place.change.hex))
      }
      #expect(!text.contains(folded.id.hex) && !text.contains("P-001"))
    }
  }

  @Test func `edge E18 a sanction revoked after the year is the one difference, with its act`()
    throws
  {
    let (clue, revocation) = try revoked()
    let folded = [try clue.folded()]
    let report = try report(folded)
    var same = ReportComparison(report, asOf: try CaseWorld.day("2023-12-31"))
    same.add(folded)
    #expect(same.differences.isEmpty && same.changes.isEmpty)
    var now = ReportComparison(report, asOf: try CaseWorld.day("2024-03-31"))
    now.add(folded)
    var shown = now.differences
    #expect(shown.flatMap(\.causes).isEmpty)
    now.explain(&shown, by: folded)
    let found = try #require(shown.first)
    #expect(now.differences.count == 1)
    #expect(found.figure.code == .personTimes && found.contributor == Town.jw)
    #expect(found.was?.count == 1 && found.now == nil && found.mark != nil)
    #expect(found.causes.map(\.place) == [revocation])
    #expect(found.causes.allSatisfy { $0.isRevocation && $0.author == Town.jw })
    let change = try #require(now.changes.first)
    #expect(now.changes.count == 1 && change.was.count == 2 && change.now.count == 1)
    let notice = now.notice(on: "样法办报〔2024〕1号").split(separator: "\n").map(String.init)
    #expect(notice.first == "《2023年度统计》更正说明")
    #expect(notice.contains("更正 personTimes 党纪政务处分或组织处理 2人次 现为 1人次"))
    // Its readers are outside of the dossier: who revoked what and when is not for them.
    #expect(notice.contains("依据变动 1处"))
    for word in ["2024-03-01", "420300-JW", "撤销", try #require(found.mark).description] {
      #expect(!notice.contains { $0.contains(word) }, "\(word)")
    }
    #expect(notice.last == "原公布数不变,本说明作为附件。")
  }

  @Test func `casework A4 a case that counts by its next decision is no difference`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file()
    // Of P-001 two sanctions, of P-002 one; the first decisions of the case are revoked in turn.
    let first = try clue.sanction("P-001", .party, "warning", filing: filing, on: "2023-09-16")
    let other = try clue.sanction("P-002", .party, "warning", filing: filing, on: "2023-09-17")
    let last = try clue.sanction("P-001", .governmental, "demerit", filing: filing)
    let report = try report([try clue.folded()])
    func differences(asOf day: String) throws -> [ReportComparison.Difference] {
      let folded = [try clue.folded()]
      var comparison = ReportComparison(report, asOf: try CaseWorld.day(day))
      comparison.add(folded)
      var shown = comparison.differences
      comparison.explain(&shown, by: folded)
      return shown
    }
    try clue.sanction(
      "P-001", .party, "warning", filing: filing, on: "2024-03-01", revising: first.place,
      revoked: true)
    #expect(try differences(asOf: "2024-03-01").isEmpty)
    let revoked = try clue.sanction(
      "P-002", .party, "warning", filing: filing, on: "2024-03-02", revising: other.place,
      revoked: true)
    let one = try differences(asOf: "2024-03-02")
    #expect(one.map(\.figure.code) == [.personTimes])
    #expect(one.map(\.was?.record) == [other.id] && one.map(\.now?.record) == [nil])
    #expect(one.map { $0.causes.map(\.place) } == [[revoked.place]])
    let end = try clue.sanction(
      "P-001", .governmental, "demerit", filing: filing, on: "2024-03-03", revising: last.place,
      revoked: true)
    let all = try differences(asOf: "2024-03-03")
    #expect(all.map(\.figure.code) == [.accountable, .personTimes, .personTimes])
    #expect(all.allSatisfy { $0.now == nil })
    #expect(all.first?.causes.map(\.place) == [end.place])
  }

  @Test func `a contributor compares its own extract alone, and names what either side lacks`()
    throws
  {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let filing = try clue.file()
    let before = try report([try clue.folded()])
    try clue.sanction("P-001", .party, "warning", filing: filing)
    let after = try report([try clue.folded()])
    let held = [try clue.folded(Town.jw)]
    let day = try CaseWorld.day("2023-12-31")
    func compare(_ report: FigureReport, _ dossiers: [FoldedDossier]) -> ReportComparison {
      var comparison = ReportComparison(report, of: Town.jw, asOf: day)
      comparison.add(dossiers)
      return comparison
    }
    #expect(compare(after, held).differences.isEmpty)
    // The report lacks the sanction: the figures that it makes are named with their lines.
    let comparison = compare(before, held)
    var new = comparison.differences
    comparison.explain(&new, by: held)
    #expect(new.map(\.figure.code) == [.accountable, .personTimes])
    #expect(new.allSatisfy { $0.mark == nil && $0.now != nil && $0.causes.count == 1 })
    // What the report rests on and is not held here is a mark and no more.
    let unknown = compare(after, []).differences
    #expect(unknown.map(\.figure.code) == [.clueReferred, .caseFiled, .accountable, .personTimes])
    #expect(unknown.allSatisfy { $0.mark != nil && $0.was == nil && $0.causes.isEmpty })
  }

  @Test func `is read in its one form alone`() throws {
    let report = try report([try revoked().clue.folded()]).frozen { _ in .sha256([1]) }.report
    let text = report.text
    let last = try #require(text.split(separator: "\n").last)
    let wrong = [
      "", "guantong-report 2", text + "\n", " " + text, text + "\n" + last,
      text.replacing("year 2023 ", with: "year 02023 "), text.replacing("rules 1", with: "rules 9"),
      text.replacing("2023-12-31", with: "2023-12-30"),
      text.replacing(last, with: last.uppercased()),
      text.replacing("420300 420322", with: "420322 420300"),
      text.replacing("personTimes 2 ", with: "personTimes -2 "),
      text.replacing("personTimes 2 ", with: "personTimes 02 "),
      text.replacing("personTimes 2 420300=-", with: "personTimes 2 420300=2"),
      text.replacing("personTimes 2 420300=- 420322=-", with: "personTimes 2 420300=2 420322=0"),
      text.replacing("figure personTimes 2 420300=- 420322=-\n", with: ""),
      text.replacing("0/0 420300=0/0", with: "0/0 420300=1/0"),
      text.replacing("unreadable 0", with: "unreadable 02"),
      text.replacing("unreadable 0", with: "unreadable -1"),
      String(repeating: "x", count: 1024 * 1024 + 1),
    ]
    #expect(FigureReport(text: text) != nil)
    for other in wrong { #expect(FigureReport(text: other) == nil, "\(other.prefix(400))") }
  }

  @Test func `names how many dossiers hold what the build that counted did not know`() throws {
    let lines = try subject().lines(of: [try revoked().clue.folded()])
    let report = FigureReport(try subject(), regions: [], lines: lines, unreadable: 2)
    #expect(report.text.contains("\nyear 2023 asOf 2023-12-31 rules 1 unreadable 2\n"))
    let read = try #require(FigureReport(text: report.text))
    #expect(read.unreadable == 2 && read.hasBytes(of: report))
  }

  @Test func `campaigns of other bytes are other figures, whatever their characters`() throws {
    let keys = ["\u{E9}", "e\u{301}"].map { FigureKey(.rectRate, part: $0) }
    #expect(Set(keys).count == 2)
    #expect(keys.sorted() == Array(keys.reversed()).sorted())
  }

  @Test func `is of a year that is over on its day`() throws {
    for (year, day) in [(2023, "2023-12-30"), (12, "2023-12-31"), (99_999, "2023-12-31")] {
      #expect(
        ReportSubject(
          of: Town.fzb, year: year, asOf: try CaseWorld.day(day), rules: CountingRules.newest)
          == nil)
    }
  }
}
