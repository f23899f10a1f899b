import Casework
import Ledger
import TestSupport
import Testing

/// One circulated version of minutes.
struct CirculatedVersion {
  let id: RecordID
  let resolution: RecordID
}

extension CaseWorld {
  /// FZB circulates a version with one resolution for SFJ.
  mutating func circulate(
    _ version: UInt32 = 1, after old: RecordID? = nil, text: String = "会议明确",
    resolving: String = "完善制度",
    required: [AgencyCode] = [Town.jw, Town.fy, Town.sfj]
  ) throws -> CirculatedVersion {
    let (id, resolution) = (newID(), newID())
    let document = Document(
      form: .minutes, version: version, supersedes: old, title: "联席会议纪要", body: text,
      drafter: Town.person(Town.fzb, .handler), signer: Town.person(Town.fzb, .deputy),
      issuedOn: try Self.day("2023-10-20"), required: required,
      meeting: Meeting(series: "联席会议", issue: 3, heldOn: try Self.day("2023-10-20")))
    let item = Item(
      document: id, number: 1, kind: .resolution, text: resolving, unit: Town.sfj,
      dueOn: try Self.day("2023-11-30"))
    let content = try composer(Town.fzb).document(
      document, id: id, items: [(id: resolution, item: item)])
    let change = try write(content, by: Town.fzb)
    #expect(try folded(Town.fzb).flaws(in: change).isEmpty)
    return CirculatedVersion(id: id, resolution: resolution)
  }

  mutating func finalize(_ version: RecordID) throws -> Invalidity? {
    let place = try act(.finalize, on: version, by: Town.fzb, role: .deputy, on: "2023-10-25")
    return try flaw(place, at: Town.fzb)
  }

  mutating func issueMinutes(
    _ version: RecordID, on day: String = "2023-10-26"
  ) throws -> Invalidity? {
    let place = try act(.issue, on: version, by: Town.fzb, role: .registry, on: day) {
      $0.internalNumber = "第3期"
    }
    return try flaw(place, at: Town.fzb)
  }

  /// Every member countersigns a version, and it is issued.
  mutating func issue(_ version: CirculatedVersion, on day: String = "2023-10-26") throws {
    try sync()
    try answer(.countersign, version.id, by: Town.jw, Town.fy, Town.sfj)
    try sync()
    #expect(try finalize(version.id) == nil)
    #expect(try issueMinutes(version.id, on: day) == nil)
    try sync()
  }

  /// Minutes that were issued are amended by a round of their own.
  mutating func amend(
    _ version: CirculatedVersion, as number: UInt32 = 2, text: String, resolving: String = "完善制度",
    on day: String = "2023-11-20"
  ) throws -> CirculatedVersion {
    let next = try circulate(number, after: version.id, text: text, resolving: resolving)
    try issue(next, on: day)
    return next
  }

  mutating func answer(_ verb: Verb, _ version: RecordID, by members: AgencyCode...) throws {
    for member in members {
      let place = try act(verb, on: version, by: member, role: .deputy, on: "2023-10-23") {
        $0.note = verb == .object ? "第一条表述不准" : ""
      }
      #expect(try flaw(place, at: member) == nil)
    }
  }
}

@Suite struct `minutes` {
  private func meeting() throws -> CaseWorld {
    var world = try CaseWorld()
    try world.openMeeting()
    return world
  }

  private func state(_ world: CaseWorld, _ version: RecordID) throws -> MinutesState {
    try #require(try world.folded(Town.fzb).minutes(version)).state
  }

  @Test func `minutes are finalized when every required member answered and then issued`() throws {
    var world = try meeting()
    let version = try world.circulate()
    try world.sync()
    try world.answer(.countersign, version.id, by: Town.jw, Town.fy)
    try world.sync()
    #expect(try world.finalize(version.id) == .unanswered)
    try world.answer(.abstain, version.id, by: Town.sfj)
    try world.sync()
    #expect(try world.folded(Town.fzb).item(version.resolution)?.state == .proposed)
    #expect(try world.finalize(version.id) == nil)
    #expect(try world.issueMinutes(version.id) == nil)
    let card = try #require(try world.folded(Town.fzb).minutes(version.id))
    #expect(card.state == .issued && card.number == "第3期")
    #expect(card.members(.abstain) == [Town.sfj])
    #expect(try world.folded(Town.fzb).item(version.resolution)?.state == .issued)
  }

  @Test func `race K5 a countersignature binds one text and never carries over`() throws {
    var world = try meeting()
    let first = try world.circulate()
    try world.sync()
    try world.answer(.countersign, first.id, by: Town.jw, Town.fy, Town.sfj)
    let second = try world.circulate(2, after: first.id, text: "会议决定")
    try world.sync()
    #expect(try state(world, first.id) == .replaced)
    #expect(try world.finalize(second.id) == .unanswered)
    let card = try #require(try world.folded(Town.fzb).minutes(second.id))
    #expect(card.answers.isEmpty)
  }

  @Test func `edge E13 of two versions only one is finalized, and v1 by its own signatures`() throws
  {
    var world = try meeting()
    let first = try world.circulate()
    try world.sync()
    // Two members sign v1 while v2 is on its way; the third has seen v2.
    try world.answer(.countersign, first.id, by: Town.jw, Town.fy)
    let second = try world.circulate(2, after: first.id, text: "会议决定")
    try world.deliver(from: Town.fzb, to: Town.sfj)
    let late = try world.act(.countersign, on: first.id, by: Town.sfj, role: .deputy)
    #expect(try world.flaw(late, at: Town.sfj) == .wrongState)
    try world.sync()
    #expect(try world.finalize(first.id) == .unanswered)
    try world.answer(.countersign, second.id, by: Town.jw, Town.fy, Town.sfj)
    try world.sync()
    #expect(try world.finalize(second.id) == nil)
    #expect(try state(world, first.id) == .dropped)
    #expect(try state(world, second.id) == .finalized)
    #expect(try world.finalize(first.id) == .wrongState)
  }

  @Test func `edge E13 the convenor may finalize v1 when its signatures are complete`() throws {
    var world = try meeting()
    let first = try world.circulate()
    try world.sync()
    try world.answer(.countersign, first.id, by: Town.jw, Town.fy, Town.sfj)
    let second = try world.circulate(2, after: first.id, text: "会议决定")
    try world.sync()
    #expect(try world.finalize(first.id) == nil)
    #expect(try state(world, second.id) == .dropped)
    let third = try world.act(.countersign, on: second.id, by: Town.jw, role: .deputy)
    try world.sync()
    #expect(try world.flaw(third, at: Town.fzb) == nil)
    #expect(try state(world, first.id) == .finalized)
  }

  @Test func `race K6 an objection unseen at finalization is shown as reserved`() throws {
    var world = try meeting()
    let version = try world.circulate()
    try world.sync()
    try world.answer(.countersign, version.id, by: Town.jw, Town.fy, Town.sfj)
    try world.sync()
    try world.answer(.object, version.id, by: Town.fy)
    #expect(try world.finalize(version.id) == nil)
    try world.sync()
    let card = try #require(try world.folded(Town.jw).minutes(version.id))
    #expect(card.state == .finalized && card.reserved == [Town.fy])
  }

  @Test func `a finalization that has seen an objection is void`() throws {
    var world = try meeting()
    let version = try world.circulate()
    try world.sync()
    try world.answer(.countersign, version.id, by: Town.jw, Town.fy)
    try world.answer(.object, version.id, by: Town.sfj)
    try world.sync()
    #expect(try world.finalize(version.id) == .unanswered)
  }

  @Test func `silence counts only when the convenor records it by name`() throws {
    var world = try meeting()
    let version = try world.circulate()
    try world.sync()
    try world.answer(.countersign, version.id, by: Town.jw, Town.fy)
    try world.sync()
    let lapse = try world.act(.lapse, on: version.id, by: Town.fzb, role: .deputy) {
      $0.agencies = [Town.sfj]
    }
    #expect(try world.flaw(lapse, at: Town.fzb) == nil)
    #expect(try world.finalize(version.id) == nil)
  }

  @Test func `a signature under another text's hash is void`() throws {
    var world = try meeting()
    let version = try world.circulate()
    try world.sync()
    let wrong = try world.act(.countersign, on: version.id, by: Town.jw, role: .deputy) {
      $0.hash = Hash256.sha256([1])
    }
    #expect(try world.flaw(wrong, at: Town.jw) == .hashMismatch)
    let stranger = try world.act(.countersign, on: version.id, by: Town.gsl, role: .deputy)
    #expect(try world.flaw(stranger, at: Town.gsl) == .wrongAuthor)
  }

  @Test func `edge E14 minutes amended after issue go a round of their own`() throws {
    var world = try meeting()
    let first = try world.circulate()
    try world.sync()
    try world.answer(.countersign, first.id, by: Town.jw, Town.fy, Town.sfj)
    try world.sync()
    #expect(try world.finalize(first.id) == nil)
    #expect(try world.issueMinutes(first.id) == nil)
    let second = try world.circulate(2, after: first.id, text: "更正")
    try world.sync()
    #expect(try state(world, first.id) == .issued)
    try world.answer(.countersign, second.id, by: Town.jw, Town.fy, Town.sfj)
    try world.sync()
    #expect(try world.finalize(second.id) == nil)
    #expect(try world.issueMinutes(second.id) == nil)
    #expect(try state(world, first.id) == .amended)
    #expect(try state(world, second.id) == .issued)
  }
}

@Suite struct `silence` {
  @Test func `who has answered a version cannot be recorded as silent`() throws {
    var world = try CaseWorld()
    try world.openMeeting()
    let version = try world.circulate()
    try world.sync()
    try world.answer(.object, version.id, by: Town.jw)
    try world.sync()
    let heard = try world.act(.lapse, on: version.id, by: Town.fzb, role: .deputy) {
      $0.agencies = [Town.jw]
    }
    #expect(try world.flaw(heard, at: Town.fzb) == .badAddressee)
    let silent = try world.act(.lapse, on: version.id, by: Town.fzb, role: .deputy) {
      $0.agencies = [Town.fy]
    }
    #expect(try world.flaw(silent, at: Town.fzb) == nil)
  }
}
