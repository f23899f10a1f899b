import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `what only some can read` {
  private let readers = [Town.fzb, Town.jw, Town.fy, Town.sfj, Town.gsl]

  private func rule(_ staged: StagedCourse, _ stage: Stage) throws -> Rule<Stage> {
    try #require(staged.kind.course.machine.rules.first { $0.step == .stage(stage) })
  }

  /// Every member sees the dossier alike.
  private func expectAgreement(_ world: CaseWorld) throws {
    let (first, all) = (try world.folded(Town.fzb), try readers.map { try world.folded($0) })
    for other in all {
      #expect(other.digest == first.digest && other.courses == first.courses)
    }
  }

  @Test func `moves no course: a sealed result is void, and so is what rests on it`() throws {
    var staged = try StagedCourse(.enforcement)
    staged.world.sealing = [Town.fy, Town.fzb]
    let part = try #require(
      staged.kind.course.machine.rule(.result(.performed), from: .listed))
    #expect(try staged.take(part) == .audience)
    staged.world.sealing = []
    #expect(try staged.take(rule(staged, .performed)) == .wrongState)
    try staged.world.sync()
    for reader in readers { #expect(try staged.card(at: reader).stage == .listed) }
    try expectAgreement(staged.world)
    #expect(try staged.take(part) == nil)
    #expect(try staged.card(at: Town.fy).stage == .performing)
  }

  @Test func `carries no open step: a sealed notice answers for no member`() throws {
    var staged = try StagedCourse(.inspection)
    try staged.reach(.approved)
    staged.world.sealing = [Town.fzb, Town.sfj]
    let notice = try staged.issue(.inspectionNotice, by: Town.fzb)
    staged.world.sealing = []
    let subject = staged.subject
    let place = try staged.world.act(
      .advance, on: subject, .dossier, by: Town.fzb, role: .deputy
    ) {
      $0.kind = "noticed"
      $0.basis = [notice]
    }
    #expect(try staged.world.flaw(place, at: Town.fzb) == .missingBasis)
    try staged.world.sync()
    for reader in readers { #expect(try staged.card(at: reader).stage == .approved) }
    try expectAgreement(staged.world)
    #expect(try staged.take(rule(staged, .noticed)) == nil)
  }

  @Test func `merges no clue: a body whose only letter is sealed holds none`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let (id, other) = (world.newID(), world.newID())
    var content = try world.composer(Town.fzb).document(
      try world.letter(), id: id, audience: [Town.fzb, Town.jw])
    content.membership.append(.grant(Grant(agency: Town.sfj, ground: .admit)))
    try world.write(content, by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    for (verb, role) in [(Verb.receive, Role.registry), (.accept, .caseOffice)] {
      let place = try world.act(verb, on: id, by: Town.jw, role: role)
      #expect(try world.flaw(place, at: Town.jw) == nil)
    }
    #expect(try world.folded(Town.jw).referral(id, at: Town.jw)?.state == .accepted)
    let cover = try #require(try world.folded(Town.jw).coverEntry?.record.id)
    let place = try world.act(.merge, on: cover, .dossier, by: Town.jw, role: .caseOffice) {
      $0.points = [other]
    }
    #expect(try world.flaw(place, at: Town.jw) == .wrongAuthor)
    try world.sync()
    let folded = try [Town.fzb, Town.jw, Town.sfj].map { try world.folded($0) }
    #expect(folded.allSatisfy { $0.clue?.mergedInto == nil && $0.digest == folded[0].digest })
  }
}
