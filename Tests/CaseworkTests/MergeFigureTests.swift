import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `figures and merges that nobody had to believe` {
  private let town: CaseWorld

  init() throws { town = try CaseWorld() }

  /// A clue that JW accepted and then merged into whatever has a cover of an id.
  private func merged(into cover: RecordID) throws -> CountedClue {
    var clue = try CountedClue(in: town, seed: 3)
    try clue.accept()
    let own = try #require(try clue.folded().coverEntry?.record.id)
    let place = try clue.world.act(
      .merge, on: own, .dossier, by: Town.jw, role: .caseOffice, on: "2023-04-01"
    ) { $0.points = [cover] }
    #expect(try clue.world.flaw(place, at: Town.jw) == nil)
    try clue.world.sync()
    return clue
  }

  @Test func `a merge into a clue that its author never accepted counts nothing`() throws {
    let other = try CountedClue(in: town, seed: 2).folded()
    let clue = try merged(into: try #require(other.coverEntry?.record.id)).folded()
    let count = try Count([[other, clue]])
    #expect(count.evidence(.clueReferred).map(\.dossier) == [clue.id])
    let bundle = FigureBundle([other, clue], asOf: try CaseWorld.day("2023-12-31"))
    #expect(bundle.survivor(of: clue.id) == clue.id)
  }

  @Test func `a clue that was merged into a dossier of another kind is not lost`() throws {
    var world = town
    world.random = SeededGenerator(seed: 2)
    try world.openMeeting()
    let meeting = try world.folded(Town.fzb)
    let cover = try #require(meeting.coverEntry?.record.id)
    let clue = try merged(into: cover).folded()
    #expect(try Count([[meeting, clue]])(.clueReferred) == 1)
    // The same when that dossier is held here and stands outside of the bundle.
    let day = try CaseWorld.day("2023-12-31")
    let apart = FigureBundle([clue], asOf: day, held: [cover])
    #expect(apart.dossiers.map { apart.standing(of: $0) } == [.counted])
    let alone = FigureBundle([clue], asOf: day)
    #expect(alone.dossiers.map { alone.standing(of: $0) } == [.merged])
  }

  @Test func `a dossier that copies the id of a cover takes no clue from the survivor`() throws {
    var survivor = try CountedClue(in: town, seed: 2)
    try survivor.accept()
    let kept = try survivor.folded()
    let cover = try #require(kept.coverEntry?.record.id)
    let clue = try merged(into: cover).folded()
    // Its dossier id is smaller or greater by chance.
    for seed in 4...11 {
      var forger = town
      forger.random = SeededGenerator(seed: UInt64(seed))
      try forger.write(
        try forger.composer(Town.fzb).opening(
          Dossier(kind: .clue, number: "420300-FZB-XS-2023-0009", title: "样例"), id: cover),
        by: Town.fzb)
      let copy = try forger.folded(Town.fzb)
      let count = try Count([[kept, clue, copy]])
      #expect(count.evidence(.clueReferred).map(\.dossier) == [kept.id])
    }
  }
}
