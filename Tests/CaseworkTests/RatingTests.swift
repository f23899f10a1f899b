import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `the ranks and points of a result` {
  @Test func `are stated by surveys and scores alone, and fit each other`() throws {
    let stranger = Town.code("420300-U99")
    let cases: [(DossierKind, ResultKind, Rating, Invalidity?)] = [
      (.report, .survey, Rating(), nil),
      (.report, .survey, Rating(rank: 2, ranked: 17, score: 9_250), nil),
      (.report, .survey, Rating(rank: 2), nil),
      (.report, .survey, Rating(rank: 18, ranked: 17), .wrongAmount),
      (.report, .survey, Rating(ranked: 17), .wrongAmount),
      (.report, .survey, Rating(score: -1), .wrongAmount),
      (.report, .survey, Rating(score: Rating.scoreMax + 1), .wrongAmount),
      (.report, .survey, Rating(rank: 1, unit: Town.sfj), .wrongKind),
      (.assessment, .score, Rating(rank: 1, ranked: 14, score: 9_550, unit: Town.sfj), nil),
      (.assessment, .score, Rating(score: 9_550, unit: stranger), .badAddressee),
      (.plan, .training, Rating(rank: 1), .wrongKind), (.plan, .training, Rating(), nil),
    ]
    for (dossier, kind, rating, flaw) in cases {
      var world = try CaseWorld()
      let (cover, coverID) = (Dossier(kind: dossier, title: "样例卷"), world.newID())
      try world.write(
        try world.composer(Town.fzb).opening(cover, id: coverID, admitting: [Town.sfj]),
        by: Town.fzb)
      let result = Result(
        kind: kind, on: try CaseWorld.day("2023-12-20"), actor: Town.person(Town.fzb, .deputy),
        role: .deputy, rating: rating)
      let id = world.newID()
      let change = try world.write(
        try world.composer(Town.fzb).result(result, id: id), by: Town.fzb)
      try world.deliver(from: Town.fzb, to: Town.sfj)
      for reader in [Town.fzb, Town.sfj] {
        let folded = try world.folded(reader)
        #expect(folded.flaws(in: change).first?.reason == flaw, "\(kind.rawValue): \(rating)")
        let read = folded.entry(id, by: Town.fzb, for: [])?.result?.rating
        #expect(read == (flaw == nil ? rating : nil))
      }
    }
  }
}
