import Casework
import Ledger
import Testing

@Suite struct `tracked items` {
  /// Minutes with one resolution for SFJ, issued and delivered.
  private func issued() throws -> (CaseWorld, RecordID) {
    var world = try CaseWorld()
    try world.openMeeting()
    let version = try world.circulate()
    try world.sync()
    try world.answer(.countersign, version.id, by: Town.jw, Town.fy, Town.sfj)
    try world.sync()
    #expect(try world.finalize(version.id) == nil)
    #expect(try world.issueMinutes(version.id) == nil)
    try world.sync()
    return (world, version.resolution)
  }

  private func card(_ world: CaseWorld, _ item: RecordID, at reader: AgencyCode) throws -> ItemCard
  {
    try #require(try world.folded(reader).item(item))
  }

  private func report(_ item: RecordID, _ world: inout CaseWorld) throws -> Citation {
    try world.act(.report, on: item, .item, by: Town.sfj, role: .head, on: "2023-11-27") {
      $0.note = "已完成制度修订"
    }
  }

  private func decide(
    _ verb: Verb, _ role: Role, _ item: RecordID, _ world: inout CaseWorld
  ) throws -> Invalidity? {
    let place = try world.act(verb, on: item, .item, by: Town.fzb, role: role, on: "2023-12-01") {
      $0.note = "核查"
      if verb == .reject { $0.reason = "evidenceLacking" }
    }
    return try world.flaw(place, at: Town.fzb)
  }

  @Test func `a resolution is reported, passed and signed off`() throws {
    var (world, item) = try issued()
    try world.act(.acknowledge, on: item, .item, by: Town.sfj, role: .handler)
    #expect(try card(world, item, at: Town.sfj).state == .acknowledged)
    _ = try report(item, &world)
    #expect(try decide(.pass, .sectionHead, item, &world) == .wrongState)
    try world.sync()
    #expect(try card(world, item, at: Town.fzb).state == .reported)
    #expect(try decide(.signOff, .deputy, item, &world) == .wrongState)
    #expect(try decide(.pass, .sectionHead, item, &world) == nil)
    #expect(try decide(.signOff, .deputy, item, &world) == nil)
    try world.sync()
    let done = try card(world, item, at: Town.jw)
    #expect(done.state == .signedOff && done.signedOffOn == CivilDate("2023-12-01"))
  }

  @Test func `race K7 a pass stands for the report it cites and a newer one is new material`()
    throws
  {
    var (world, item) = try issued()
    _ = try report(item, &world)
    try world.sync()
    let newer = try report(item, &world)
    #expect(try decide(.pass, .sectionHead, item, &world) == nil)
    try world.sync()
    let card = try card(world, item, at: Town.fzb)
    #expect(card.state == .passed && card.hasNewMaterial && card.pendingReports == [newer])
  }

  @Test func `a rejected report is answered and another can pass`() throws {
    var (world, item) = try issued()
    _ = try report(item, &world)
    try world.sync()
    #expect(try decide(.reject, .sectionHead, item, &world) == nil)
    #expect(try card(world, item, at: Town.fzb).state == .rejected)
    #expect(try decide(.pass, .sectionHead, item, &world) == .wrongState)
    try world.sync()
    _ = try report(item, &world)
    try world.sync()
    #expect(try decide(.pass, .sectionHead, item, &world) == nil)
  }

  @Test func `edge E12 a relapse reopens and needs a new report`() throws {
    var (world, item) = try issued()
    _ = try report(item, &world)
    try world.sync()
    #expect(try decide(.pass, .sectionHead, item, &world) == nil)
    #expect(try decide(.signOff, .deputy, item, &world) == nil)
    #expect(try decide(.reopen, .deputy, item, &world) == nil)
    let reopened = try card(world, item, at: Town.fzb)
    #expect(reopened.state == .reopened && reopened.reopened == 1)
    #expect(reopened.pendingReports.isEmpty)
    #expect(try decide(.pass, .sectionHead, item, &world) == .wrongState)
  }

  @Test func `a rejected report is planned anew, and only by a plan made after the rejection`()
    throws
  {
    var (world, item) = try issued()
    let plan: (inout Act) -> Void = { $0.note = "整改方案" }
    try world.act(.plan, on: item, .item, by: Town.sfj, role: .head, plan)
    _ = try report(item, &world)
    try world.sync()
    #expect(try decide(.reject, .sectionHead, item, &world) == nil)
    #expect(try card(world, item, at: Town.fzb).state == .rejected)
    try world.sync()
    try world.act(.plan, on: item, .item, by: Town.sfj, role: .head, plan)
    try world.sync()
    #expect(try card(world, item, at: Town.fzb).state == .planned)
  }

  @Test func `a reassigned item begins anew with its new unit`() throws {
    var (world, item) = try issued()
    try world.act(.dispute, on: item, .item, by: Town.sfj, role: .head) { $0.note = "不属我局" }
    _ = try report(item, &world)
    try world.sync()
    // What the former unit writes meanwhile counts as little as what it wrote before.
    _ = try report(item, &world)
    let handed = try world.act(.reassign, on: item, .item, by: Town.fzb, role: .deputy) {
      $0.note = "改由市法院承办"
      $0.agencies = [Town.fy]
    }
    #expect(try world.flaw(handed, at: Town.fzb) == nil)
    try world.sync()
    for reader in [Town.fzb, Town.sfj, Town.fy] {
      let card = try card(world, item, at: reader)
      #expect(card.unit == Town.fy && card.state == .issued)
      #expect(card.report == nil && card.pendingReports.isEmpty && card.openDisputes.isEmpty)
    }
    let own = try world.act(.report, on: item, .item, by: Town.fy, role: .head) {
      $0.note = "已完成"
    }
    #expect(try world.flaw(own, at: Town.fy) == nil)
    try world.sync()
    #expect(try card(world, item, at: Town.fzb).pendingReports == [own])
    #expect(try decide(.pass, .sectionHead, item, &world) == nil)
    #expect(try decide(.signOff, .deputy, item, &world) == nil)
  }

  @Test func `race K9 a dispute in sight stops the sign-off, an unseen one marks it`() throws {
    var (world, item) = try issued()
    _ = try report(item, &world)
    let dispute: (inout Act) -> Void = { $0.note = "不属我局职责" }
    try world.act(.dispute, on: item, .item, by: Town.sfj, role: .head, dispute)
    try world.sync()
    #expect(try decide(.pass, .sectionHead, item, &world) == nil)
    #expect(try decide(.signOff, .deputy, item, &world) == .disputed)
    #expect(try decide(.dismissDispute, .deputy, item, &world) == nil)
    #expect(try decide(.signOff, .deputy, item, &world) == nil)
  }

  @Test func `race K8 an extension is granted for the request it cites and moves the due date`()
    throws
  {
    var (world, item) = try issued()
    let later = try CaseWorld.day("2024-01-15")
    try world.act(.requestExtension, on: item, .item, by: Town.sfj, role: .sectionHead) {
      $0.reason = "complex"
      $0.dueOn = later
    }
    #expect(try card(world, item, at: Town.sfj).extensionState == .requested)
    try world.sync()
    let grant = try world.act(.grant, on: item, .item, by: Town.fzb, role: .sectionHead) {
      $0.dueOn = later
    }
    #expect(try world.flaw(grant, at: Town.fzb) == nil)
    let card = try card(world, item, at: Town.fzb)
    #expect(card.extensionState == .granted && card.dueOn == later)
  }

  @Test func `only the responsible unit reports and only the issuer decides`() throws {
    var (world, item) = try issued()
    let stranger = try world.act(.report, on: item, .item, by: Town.fy, role: .head) {
      $0.note = "代报"
    }
    #expect(try world.flaw(stranger, at: Town.fy) == .wrongAuthor)
    _ = try report(item, &world)
    let own = try world.act(.pass, on: item, .item, by: Town.sfj, role: .sectionHead)
    #expect(try world.flaw(own, at: Town.sfj) == .wrongAuthor)
  }
}
