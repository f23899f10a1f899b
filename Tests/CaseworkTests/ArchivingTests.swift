import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `archiving` {
  /// The home archives; why it may not, if it may not.
  private func archive(_ world: inout CaseWorld) throws -> Invalidity? {
    let cover = try #require(try world.folded(Town.fzb).coverEntry?.record.id)
    let place = try world.act(.advance, on: cover, .dossier, by: Town.fzb, role: .registry) {
      $0.kind = "archived"
    }
    return try world.flaw(place, at: Town.fzb)
  }

  private func isRefused(_ world: CaseWorld) throws -> Bool {
    var copy = world
    return try archive(&copy) == .itemsOpen
  }

  @Test func `waits for the addressee of a letter until it returns or closes it`() throws {
    var staged = try StagedClue()
    #expect(try isRefused(staged.world))
    try staged.act(.receive, role: .registry)
    try staged.world.sync()
    #expect(try isRefused(staged.world))
    var returned = staged
    try returned.act(.return, role: .deputy) {
      $0.reason = "incomplete"
      $0.note = "补充材料后另行移送"
    }
    try returned.world.sync()
    #expect(try archive(&returned.world) == nil)
    try staged.act(.accept, role: .caseOffice)
    try staged.world.sync()
    #expect(try isRefused(staged.world))
    // An addressee that has left the dossier holds nothing up.
    var ended = staged
    let cover = try #require(try staged.world.folded(Town.fzb).coverEntry?.record.id)
    try ended.world.act(.end, on: cover, .dossier, by: Town.fzb, role: .deputy) {
      $0.agencies = [Town.jw]
      $0.reason = "handedOver"
    }
    #expect(try archive(&ended.world) == nil)
    let place = try staged.act(.feedBack, role: .caseOffice) {
      $0.kind = "closed"
      $0.final = true
    }
    #expect(try staged.world.flaw(place, at: Town.jw) == nil)
    try staged.world.sync()
    #expect(try archive(&staged.world) == nil)
  }

  @Test func `takes no sealed letter from its addressee, for nobody else sees it`() throws {
    var world = try CaseWorld()
    try world.openClue()
    let id = world.newID()
    try world.write(
      try world.composer(Town.fzb).document(
        try world.letter(), id: id, audience: [Town.fzb, Town.jw]), by: Town.fzb)
    #expect(try archive(&world) == nil)
    try world.deliver(from: Town.fzb, to: Town.jw)
    for (verb, role) in [(Verb.receive, Role.registry), (.accept, .caseOffice)] {
      let place = try world.act(verb, on: id, by: Town.jw, role: role)
      #expect(try world.flaw(place, at: Town.jw) == nil)
    }
    #expect(try world.folded(Town.jw).referral(id, at: Town.jw)?.state == .accepted)
    let place = try world.act(.revoke, on: id, by: Town.fzb, role: .deputy)
    #expect(try world.flaw(place, at: Town.fzb) == .archived)
  }

  @Test func `waits for minutes until they are issued`() throws {
    var world = try CaseWorld()
    try world.openMeeting()
    let version = try world.circulate()
    try world.sync()
    #expect(try isRefused(world))
    try world.answer(.countersign, version.id, by: Town.jw, Town.fy, Town.sfj)
    try world.sync()
    #expect(try world.finalize(version.id) == nil)
    #expect(try isRefused(world))
    #expect(try world.issueMinutes(version.id) == nil)
    let place = try world.act(
      .cancel, on: version.resolution, .item, by: Town.fzb, role: .deputy
    ) { $0.note = "撤销" }
    #expect(try world.flaw(place, at: Town.fzb) == nil)
    #expect(try archive(&world) == nil)
  }

  /// A direction for SFJ in a dossier of every member, without a due date.
  private func directed() throws -> (CaseWorld, RecordID) {
    var world = try CaseWorld()
    try world.openMeeting()
    let (id, itemID) = (world.newID(), world.newID())
    let item = Item(document: id, number: 1, kind: .direction, text: "事项", unit: Town.sfj)
    try world.write(
      try world.composer(Town.fzb).document(
        try world.letter(.supervisionLetter, to: [Town.sfj]), id: id,
        items: [(id: itemID, item: item)]), by: Town.fzb)
    try world.sync()
    return (world, itemID)
  }

  private func prolong(
    _ item: RecordID, to day: String, _ world: inout CaseWorld
  ) throws -> Invalidity? {
    let dueOn = try CaseWorld.day(day)
    let place = try world.act(.prolong, on: item, .item, by: Town.fzb, role: .deputy) {
      $0.note = "长期整改"
      $0.dueOn = dueOn
    }
    return try world.flaw(place, at: Town.fzb)
  }

  @Test func `a date for good comes after the one in force`() throws {
    var (world, item) = try directed()
    #expect(try prolong(item, to: "2024-06-30", &world) == nil)
    for day in ["2024-06-30", "2024-06-29", "2023-01-01"] {
      var copy = world
      #expect(try prolong(item, to: day, &copy) == .missingBasis)
    }
    #expect(try prolong(item, to: "2024-07-01", &world) == nil)
    #expect(try world.folded(Town.fzb).item(item)?.dueOn == CivilDate("2024-07-01"))
  }

  @Test func `waits for an item that relapses after it was put off for good`() throws {
    var (world, item) = try directed()
    #expect(try prolong(item, to: "2024-06-30", &world) == nil)
    var given = world
    try given.act(.reassign, on: item, .item, by: Town.fzb, role: .deputy) {
      $0.agencies = [Town.gsl]
      $0.note = "改派"
    }
    #expect(try given.folded(Town.fzb).item(item)?.isLongTerm == false)
    #expect(try isRefused(given))
    try world.sync()
    try world.act(.report, on: item, .item, by: Town.sfj, role: .head) { $0.note = "已办理" }
    try world.sync()
    for (verb, role) in [(Verb.pass, Role.sectionHead), (.signOff, .deputy), (.reopen, .deputy)] {
      let place = try world.act(verb, on: item, .item, by: Town.fzb, role: role) {
        $0.note = "核查"
      }
      #expect(try world.flaw(place, at: Town.fzb) == nil)
    }
    let card = try #require(try world.folded(Town.fzb).item(item))
    #expect(card.state == .reopened && !card.isLongTerm)
    #expect(try isRefused(world))
    #expect(try prolong(item, to: "2025-06-30", &world) == nil)
    #expect(try archive(&world) == nil)
  }

  @Test func `is marked for late case work alone, and never for what only some can read`() throws {
    var staged = try StagedCourse(.upperFeedback)
    let archive = try #require(
      staged.kind.course.machine.rules.first { $0.step == .stage(.archived) })
    #expect(try staged.take(archive) == nil)
    staged.world.sealing = [Town.fzb, Town.jw]
    #expect(try staged.issueLate(.report, by: Town.jw) == nil)
    staged.world.sealing = []
    try staged.world.sync()
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      let card = try staged.card(at: reader)
      #expect(card.stage == .archived && !card.isLate)
    }
  }

  @Test func `ends corrections of results, and a revocation still counts`() throws {
    var staged = try StagedCourse(.enforcement)
    try staged.reach(.performing)
    for stage in [Stage.performed, .closed, .archived] {
      let rule = try #require(
        staged.kind.course.machine.rules.first { $0.step == .stage(stage) })
      #expect(try staged.take(rule) == nil)
      try staged.world.sync()
    }
    let place = try #require(
      try staged.world.folded(Town.fy).entries.last { $0.result != nil }?.place)
    #expect(try staged.revise(place, amount: 99) == .archived)
    #expect(try staged.revise(place, amount: nil) == nil)
    try staged.world.sync()
    #expect(try staged.card().amount == 0)
  }
}
