import Ledger
import TestSupport
import Testing

@testable import Casework

@Suite struct FigureTallyTests {
  @Test func `campaigns beyond what a count keeps are left out, and nothing else is`() throws {
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
    #expect(tally.isCut && rates.count == Casework.Limits.figureCampaignsMax + 2)
    #expect(CountingRules.newest.figures.allSatisfy { tally.sums[$0] != nil })
    // A name without an end is none that is kept.
    var other = FigureTally(CountingRules.newest)
    swap(&tally, &other)
    count(String(repeating: "督", count: 201))
    #expect(tally.isCut && tally.figures == CountingRules.newest.figures.sorted())
  }
}
