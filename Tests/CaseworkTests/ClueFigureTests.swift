import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `clues referred` {
  private func one(_ clue: CountedClue, year: Int = 2023, asOf: String? = nil) throws -> Count {
    try Count([[try clue.folded()]], year: year, asOf: asOf)
  }

  private func standing(_ clue: CountedClue, asOf: String = "2023-12-31") throws -> ClueStanding? {
    let bundle = FigureBundle([try clue.folded()], asOf: try CaseWorld.day(asOf))
    return try bundle.standing(of: #require(bundle.dossiers.first))
  }

  @Test func `an accepted clue counts for its sender by its first receipt`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    #expect(try one(clue)(.clueReferred) == 0)
    #expect(try standing(clue) == .inTransit)
    try clue.step(.receive, role: .registry, on: "2023-03-08")
    #expect(try standing(clue) == .pending)
    try clue.step(.accept, role: .caseOffice, on: "2023-03-10")
    let count = try one(clue)
    let line = try #require(count.evidence(.clueReferred).first)
    #expect(count(.clueReferred) == 1 && line.record == clue.referral.document)
    #expect(line.on == CivilDate("2023-03-08") && line.owner == Town.fzb)
    let decision = try #require(try clue.folded().entry(at: line.place))
    #expect(decision.act?.verb == .accept && decision.record.id == line.decision)
    #expect(try one(clue, year: 2024)(.clueReferred) == 0)
    #expect(try one(clue, year: 2022)(.clueReferred) == 0)
  }

  @Test func `as of a day before the acceptance it does not count, whatever came later`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.accept()
    #expect(try one(clue, asOf: "2023-03-09")(.clueReferred) == 0)
    #expect(try one(clue, asOf: "2023-03-10")(.clueReferred) == 1)
    #expect(try standing(clue, asOf: "2023-03-06") == .registered)
    #expect(try standing(clue, asOf: "2023-03-07") == .inTransit)
    #expect(try standing(clue, asOf: "2023-03-09") == .pending)
  }

  @Test func `edge E01 one returned and sent again counts once, from the second letter`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.step(.receive, role: .registry, on: "2023-03-08")
    try clue.giveBack(.incomplete, on: "2023-03-20")
    #expect(try one(clue)(.clueReferred) == 0 && standing(clue) == .returned)
    clue.referral = try clue.world.refer(number: "样法办函〔2023〕9号")
    try clue.world.deliver(from: Town.fzb, to: Town.jw)
    try clue.accept(received: "2023-05-04", on: "2023-05-06")
    let count = try one(clue)
    #expect(count(.clueReferred) == 1)
    #expect(count.evidence(.clueReferred).map(\.on) == [try CaseWorld.day("2023-05-04")])
    #expect(count.evidence(.clueReferred).map(\.record) == [clue.referral.document])
  }

  @Test func `edge E02 a forward keeps the first sender and the first receipt`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.step(.receive, role: .registry, on: "2023-03-08")
    try clue.step(.forward, role: .deputy, on: "2023-03-13") { $0.agencies = [Town.countyJW] }
    try clue.world.deliver(from: Town.jw, to: Town.countyJW, Town.fzb)
    #expect(try standing(clue) == .pending)
    try clue.accept(by: Town.countyJW, received: "2023-03-14", on: "2023-03-15")
    let line = try #require(try one(clue).evidence(.clueReferred).first)
    #expect(line.owner == Town.fzb && line.author == Town.countyJW)
    #expect(line.on == CivilDate("2023-03-08"))
  }

  @Test func `edge E03 a clue that is split counts once`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let points = clue.referral.points
    try clue.step(.receive, role: .registry, on: "2023-03-08")
    try clue.step(.accept, role: .caseOffice, on: "2023-03-10") { $0.points = [points[0]] }
    try clue.step(.forward, role: .deputy, on: "2023-03-11") {
      $0.points = [points[1]]
      $0.agencies = [Town.countyJW]
    }
    try clue.world.deliver(from: Town.jw, to: Town.countyJW, Town.fzb)
    #expect(try one(clue)(.clueReferred) == 1)
    try clue.accept(by: Town.countyJW, received: "2023-03-14", on: "2023-03-15")
    #expect(try one(clue)(.clueReferred) == 1)
  }

  @Test func `edge E04 a clue merged into another counts once, in the one that survives`() throws {
    let town = try CaseWorld()
    var survivor = try CountedClue(in: town, seed: 2)
    var ended = try CountedClue(in: town, seed: 3)
    try survivor.accept(received: "2023-03-08", on: "2023-03-09")
    try ended.accept(received: "2023-03-09", on: "2023-03-11")
    let both = { try Count([[try survivor.folded(), try ended.folded()]]) }
    #expect(try both()(.clueReferred) == 2)
    try ended.merge(into: survivor, on: "2023-04-01")
    let merged = try both()
    #expect(merged(.clueReferred) == 1)
    #expect(merged.evidence(.clueReferred).map(\.dossier) == [try survivor.folded().id])
    let before = try Count(
      [[try survivor.folded(), try ended.folded()]], asOf: "2023-03-31")
    #expect(before(.clueReferred) == 2)
    // Whoever holds only the one that ended counts what the whole evidence has of it: nothing.
    #expect(try Count([[try ended.folded()]])(.clueReferred) == 0)
    #expect(try Count([[try survivor.folded()]])(.clueReferred) == 1)
  }

  @Test func `race K4 of clues merged in a circle the smallest dossier counts`() throws {
    let town = try CaseWorld()
    var one = try CountedClue(in: town, seed: 2)
    var other = try CountedClue(in: town, seed: 3)
    try one.accept()
    try other.accept()
    try one.merge(into: other, on: "2023-04-01")
    try other.merge(into: one, on: "2023-04-02")
    let folded = [try one.folded(), try other.folded()]
    let count = try Count([folded])
    #expect(count.evidence(.clueReferred).map(\.dossier) == [folded.map(\.id).min()])
  }

  @Test func `edge E05 one kept as a repetition counts nothing`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.accept()
    try clue.dispose(.closed, closing: .duplicate, on: "2023-03-20")
    #expect(try one(clue)(.clueReferred) == 0 && standing(clue) == .duplicate)
    #expect(try one(clue, asOf: "2023-03-19")(.clueReferred) == 1)
    var returned = try CountedClue(in: try CaseWorld(), seed: 2)
    try returned.step(.receive, role: .registry, on: "2023-03-08")
    try returned.giveBack(.duplicate, on: "2023-03-10")
    #expect(try one(returned)(.clueReferred) == 0 && standing(returned) == .duplicate)
  }

  @Test func `edge E06 one withdrawn counts nothing, edge E07 a late request changes nothing`()
    throws
  {
    var withdrawn = try CountedClue(in: try CaseWorld(), seed: 2)
    let jw = [Town.jw]
    try withdrawn.step(.requestWithdraw, by: Town.fzb, role: .deputy, on: "2023-03-08") {
      $0.agencies = jw
    }
    #expect(try standing(withdrawn) == .inTransit)
    try withdrawn.step(.agreeWithdraw, role: .caseOffice, on: "2023-03-09")
    #expect(try one(withdrawn)(.clueReferred) == 0 && standing(withdrawn) == .withdrawn)
    // The request was written before the acceptance had come.
    var late = try CountedClue(in: try CaseWorld(), seed: 2)
    var office = late.world
    office.random = SeededGenerator(seed: 9)
    try office.act(
      .requestWithdraw, on: late.referral.document, by: Town.fzb, role: .deputy, on: "2023-03-09"
    ) { $0.agencies = jw }
    try late.accept()
    late.world.replicas[Town.fzb] = office.replicas[Town.fzb]
    try late.world.sync()
    let card = try late.folded().referral(late.referral.document, at: Town.jw)
    #expect(card?.withdraw == .noEffect)
    #expect(try one(late)(.clueReferred) == 1 && standing(late) == .counted)
  }

  @Test func `a clue accepted and returned later counts as long as it was accepted`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.accept()
    try clue.step(.return, role: .deputy, on: "2024-01-20") {
      $0.reason = ReturnReason.noJurisdiction.rawValue
    }
    #expect(try one(clue)(.clueReferred) == 1)
    #expect(try one(clue, asOf: "2024-01-20")(.clueReferred) == 0)
  }

  @Test func `edge E20 a clue that two bodies accepted counts once`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    let points = clue.referral.points
    try clue.step(.receive, role: .registry, on: "2023-03-08")
    try clue.step(.forward, role: .deputy, on: "2023-03-09") {
      $0.points = [points[0]]
      $0.agencies = [Town.countyJW]
    }
    try clue.world.deliver(from: Town.jw, to: Town.countyJW, Town.fzb)
    try clue.step(.accept, role: .caseOffice, on: "2023-03-10")
    try clue.accept(by: Town.countyJW, received: "2023-03-14", on: "2023-03-15")
    #expect(try one(clue)(.clueReferred) == 1)
    try clue.step(.assignCompetence, role: .deputy, on: "2023-03-20") {
      $0.agencies = [Town.countyJW]
    }
    let line = try #require(try one(clue).evidence(.clueReferred).first)
    #expect(try one(clue)(.clueReferred) == 1 && line.author == Town.countyJW)
  }

  @Test func `edge E30 a region without a clue stands in the list with nothing`() throws {
    var clue = try CountedClue(in: try CaseWorld(), seed: 2)
    try clue.accept()
    let count = try Count([[try clue.folded()]], regions: ["420300", "420324"])
    let byRegion = count.tally.byRegion[FigureKey(.clueReferred)]?.mapValues(\.count)
    #expect(byRegion == ["420300": 1, "420324": 0])
  }
}
