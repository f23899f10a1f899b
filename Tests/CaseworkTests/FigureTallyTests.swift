import Ledger
import TestSupport
import Testing

@testable import Casework

@Suite struct FigureTallyTests {
  @Test func `campaigns beyond what a count keeps apart stand together, none is left out`() throws {
    let folded = try StagedClue().world.folded(Town.fzb)
    let cover = try #require(folded.coverEntry)
    let day = try CaseWorld.day("2023-03-07")
    var tally = FigureTally(CountingRules.newest)
    func count(_ campaign: String, kind: DossierKind = .inspection) {
      let key = FigureKey(findingsOf: Dossier(kind: kind, title: "督察", campaign: campaign))
      tally.add([
        FigureEntry(
          key, in: folded.id, cover.record.id, by: cover, on: day, owner: Town.fzb, of: 1)
      ])
    }
    for number in 1...Casework.Limits.figureCampaignsMax { count("c\(number)") }
    count("c1")
    count("")
    #expect(!tally.isCut && tally.sums[FigureKey(.rectRate, part: "c1")]?.of == 2)
    count("one more")
    count("", kind: .enforcement)
    let rates = tally.figures.filter { $0.code == .rectRate }
    #expect(tally.isCut && rates.count == Casework.Limits.figureCampaignsMax + 3)
    #expect(tally.sums[.otherCampaigns]?.of == 1)
    #expect(CountingRules.newest.figures.allSatisfy { tally.sums[$0] != nil })
    // A name without an end is none: the kind of the dossier counts.
    var other = FigureTally(CountingRules.newest)
    swap(&tally, &other)
    count(String(repeating: "督", count: 201))
    let kind = FigureKey(.rectRate, part: DossierKind.inspection.rawValue)
    #expect(!tally.isCut && tally.sums[kind]?.of == 1)
    #expect(Set(tally.figures) == Set(CountingRules.newest.figures + [kind]))
  }

  @Test func `a report holds any number of campaigns, and reads its own text again`() throws {
    let folded = try StagedClue().world.folded(Town.fzb)
    let cover = try #require(folded.coverEntry)
    let day = try CaseWorld.day("2023-12-31")
    let subject = try #require(
      ReportSubject(of: Town.fzb, year: 2023, asOf: day, rules: CountingRules.newest))
    let lines = (0..<Casework.Limits.figureCampaignsMax + 3).map { number in
      let name = String(repeating: "x", count: 580) + String(1_000 + number)
      let key = FigureKey(findingsOf: Dossier(kind: .inspection, title: "督察", campaign: name))
      let entry = FigureEntry(
        key, in: folded.id, cover.record.id, by: cover, on: day, owner: Town.fzb, of: 1)
      return ReportSubject.Line(entry, of: Town.fzb)
    }
    let report = FigureReport(subject, regions: [], lines: lines)
    #expect(report.tally.sums[.otherCampaigns]?.of == 3 && !report.tally.isCut)
    #expect(report.text.utf8.count <= Casework.Limits.reportTextBytesMax)
    #expect(FigureReport(text: report.text)?.hasBytes(of: report) == true)
    var comparison = ReportComparison(report, asOf: day)
    comparison.add(now: lines, then: lines)
    #expect(comparison.differences.isEmpty && comparison.changes.isEmpty)
  }
}
