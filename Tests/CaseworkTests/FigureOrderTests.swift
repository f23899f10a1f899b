import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `figures and the order of deliveries` {
  /// Clues of one town that end in every way, two of them merged.
  private func clues() throws -> [CountedClue] {
    let town = try CaseWorld()
    var all = try (2...7).map { try CountedClue(in: town, seed: $0) }
    let filing = try all[0].file()
    try all[0].sanction("P-001", .party, "warning", filing: filing)
    let sanction = try all[0].sanction("P-002", .governmental, "demerit", filing: filing)
    try all[0].sanction(
      "P-002", .governmental, "demerit", filing: filing, on: "2023-11-01",
      revising: sanction.place, revoked: true)
    try all[1].accept()
    try all[1].merge(into: all[0], on: "2023-04-01")
    try all[2].step(.receive, role: .registry, on: "2023-03-08")
    try all[2].giveBack(.incomplete, on: "2023-03-09")
    try all[3].accept()
    try all[3].dispose(.closed, closing: .duplicate)
    try all[4].step(.receive, role: .registry, on: "2023-03-08")
    try all[4].step(.forward, role: .deputy, on: "2023-03-09") { $0.agencies = [Town.countyJW] }
    try all[4].world.deliver(from: Town.jw, to: Town.countyJW, Town.fzb)
    try all[4].accept(by: Town.countyJW, received: "2023-03-14", on: "2023-03-15")
    return all
  }

  /// The dossiers of a random prefix of a random lawful order of arrival, folded as they came.
  private func arrived(
    _ clues: [CountedClue], isWhole: Bool, _ random: inout SeededGenerator
  ) throws -> [FoldedDossier] {
    try clues.compactMap { clue in
      let source = try #require(clue.world.replicas[Town.fzb])
      let all = Array(source.changeSets)
      let left = isWhole ? 0 : Int.random(in: 0...all.count, using: &random)
      var replica = RandomArrival(of: source, directory: clue.world.directory)
      try replica.take(all, butFor: left, using: &random)
      return replica.graph.home == nil ? nil : replica.folded
    }
  }

  @Test func `equal records give equal figures under 200 random orders`() throws {
    let clues = try clues()
    var random = SeededGenerator(seed: 77)
    let expected = try Count([try clues.map { try $0.folded() }]).entries
    #expect(expected.contains { $0.figure.code == .personTimes })
    for _ in 0..<200 {
      let found = try arrived(clues, isWhole: true, &random).shuffled(using: &random)
      #expect(try Count([found]).entries == expected)
    }
  }

  @Test func `casework A6 at every prefix each clue is in one class and what counts adds up`()
    throws
  {
    let clues = try clues()
    var random = SeededGenerator(seed: 78)
    let day = try CaseWorld.day("2023-12-31")
    var seen: Set<ClueStanding> = []
    for _ in 0..<200 {
      let found = try arrived(clues, isWhole: false, &random)
      let bundle = FigureBundle(found, asOf: day)
      let classes = bundle.dossiers.compactMap { bundle.standing(of: $0) }
      #expect(classes.count == bundle.dossiers.count { $0.clue != nil })
      seen.formUnion(classes)
      let count = try Count([found])
      #expect(count(.clueReferred) == Int64(classes.count { $0 == .counted }))
      for letter in bundle.dossiers.flatMap(\.referrals) { try balance(letter) }
      // Never more cases than filings, nor accountable ones than there are clues and cases.
      let filings = found.flatMap(\.entries).count { $0.result?.kind == .caseFiled }
      #expect(try #require(count(.caseFiled)) <= Int64(filings))
    }
    #expect(seen.isSuperset(of: [.inTransit, .pending, .counted, .returned, .merged, .duplicate]))
  }

  /// Sent is received and on its way; received is accepted, returned, forwarded and open, each
  /// point once.
  private func balance(_ letter: ReferralCard) throws {
    let isReceived = letter.receivedOn != nil
    #expect(isReceived != (letter.state == .sent), "\(letter.state)")
    #expect(letter.fates.count == max(letter.points.count, 1))
    let outcomes = letter.fates.map(\.outcome)
    let parts = [ReferralCard.Fate.Outcome.accepted, .returned, .forwarded, .open].map { outcome in
      outcomes.count { $0 == outcome }
    }
    #expect(parts.reduce(0, +) == letter.fates.count)
    #expect(letter.isAccepted == (parts[0] > 0))
  }

  @Test func `as of every day the dossier says what it said that day`() throws {
    let clues = try clues()
    for clue in clues {
      let whole = try clue.folded()
      let days = Set(whole.entries.compactMap { $0.act?.on ?? $0.result?.on }).sorted()
      for day in days {
        let then = whole.asOf(day)
        #expect(then.asOf(day).clue == then.clue)
        #expect(then.entries.allSatisfy { ($0.act?.on ?? day) <= day })
      }
      #expect(whole.asOf(try CaseWorld.day("9999-12-31")).clue == whole.clue)
    }
  }
}
