import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `items of a document that a later version took the place of` {
  /// A meeting with minutes of one resolution, issued on 2023-10-26.
  private func met() throws -> (world: CaseWorld, first: CirculatedVersion) {
    var world = try CaseWorld()
    try world.openMeeting()
    let first = try world.circulate()
    try world.issue(first)
    return (world, first)
  }

  private func act(
    _ verb: Verb, on item: RecordID, at day: String, _ world: inout CaseWorld
  ) throws -> Invalidity? {
    let (agency, role): (AgencyCode, Role) =
      switch verb {
      case .report: (Town.sfj, .head)
      case .pass: (Town.fzb, .sectionHead)
      default: (Town.fzb, .deputy)
      }
    let place = try world.act(verb, on: item, .item, by: agency, role: role, on: day) {
      $0.note = "说明"
    }
    let flaw = try world.flaw(place, at: agency)
    try world.sync()
    return flaw
  }

  private func signOff(_ item: RecordID, _ world: inout CaseWorld) throws {
    for (verb, day) in [
      (Verb.report, "2023-11-01"), (.pass, "2023-11-02"), (.signOff, "2023-11-03"),
    ] {
      #expect(try act(verb, on: item, at: day, &world) == nil)
    }
  }

  private func count(
    _ world: CaseWorld, year: Int = 2023, asOf: String? = nil, at reader: AgencyCode = Town.fzb
  ) throws -> (done: Int64?, of: Int64?, lines: [FigureEntry]) {
    let count = try Count([[try world.folded(reader)]], year: year, asOf: asOf)
    return (
      count(.itemRate, "resolution"), count.of(.itemRate, "resolution"), count.evidence(.itemRate)
    )
  }

  @Test func `what amended minutes repeat counts once, from its first issue`() throws {
    var (world, first) = try met()
    let second = try world.amend(first, text: "更正", on: "2024-01-10")
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      let folded = try world.folded(reader)
      #expect(folded.item(first.resolution)?.state == .superseded)
      #expect(folded.item(second.resolution)?.state == .issued)
      let now = try count(world, asOf: "2024-01-10", at: reader)
      #expect(now.done == 0 && now.of == 1)
      #expect(now.lines.map(\.record) == [second.resolution])
      #expect(now.lines.map(\.on) == [try CaseWorld.day("2023-10-26")])
      let before = try count(world, at: reader)
      #expect(before.of == 1 && before.lines.map(\.record) == [first.resolution])
    }
    #expect(try act(.report, on: first.resolution, at: "2024-01-11", &world) == .wrongState)
    #expect(try act(.report, on: second.resolution, at: "2024-01-11", &world) == nil)
  }

  @Test func `what amended minutes leave out counts no more, from their issue on`() throws {
    var (world, first) = try met()
    let second = try world.amend(first, text: "更正", resolving: "另定", on: "2023-11-20")
    let now = try count(world)
    #expect(now.of == 1 && now.lines.map(\.record) == [second.resolution])
    #expect(now.lines.map(\.on) == [try CaseWorld.day("2023-11-20")])
    let before = try count(world, asOf: "2023-11-19")
    #expect(before.of == 1 && before.lines.map(\.record) == [first.resolution])
  }

  @Test func `minutes that only circulate change nothing about those issued`() throws {
    var (world, first) = try met()
    let second = try world.circulate(2, after: first.id, text: "更正", resolving: "另定")
    try world.sync()
    #expect(try world.folded(Town.sfj).item(first.resolution)?.state == .issued)
    #expect(try world.folded(Town.sfj).item(second.resolution)?.state == .proposed)
    #expect(try count(world).lines.map(\.record) == [first.resolution])
  }

  @Test func `what was signed off stays so in the version that repeats it, until it relapses`()
    throws
  {
    var (world, first) = try met()
    try signOff(first.resolution, &world)
    let second = try world.amend(first, text: "更正")
    let third = try world.amend(second, as: 3, text: "再更正", on: "2023-11-25")
    let card = try #require(try world.folded(Town.sfj).item(third.resolution))
    #expect(card.state == .signedOff)
    #expect(card.signedOffOn == (try CaseWorld.day("2023-11-03")))
    let kept = try count(world)
    #expect(kept.done == 1 && kept.of == 1 && kept.lines.map(\.record) == [third.resolution])
    let decision = try #require(try world.folded(Town.fzb).entry(at: kept.lines[0].place))
    #expect(decision.act?.verb == .signOff)
    #expect(try act(.reopen, on: third.resolution, at: "2023-12-01", &world) == nil)
    #expect(try count(world).done == 0)
    #expect(try count(world, asOf: "2023-11-30").done == 1)
    // What is open again is open in the next version, too.
    let fourth = try world.amend(third, as: 4, text: "又更正", on: "2023-12-05")
    #expect(try world.folded(Town.fzb).item(fourth.resolution)?.state == .issued)
    #expect(try count(world).of == 1 && count(world).done == 0)
  }

  @Test func `a resolution that was cancelled and is issued again is open again`() throws {
    var (world, first) = try met()
    #expect(try act(.cancel, on: first.resolution, at: "2023-11-01", &world) == nil)
    let second = try world.amend(first, text: "更正")
    #expect(try world.folded(Town.fzb).item(second.resolution)?.state == .issued)
  }

  @Test func `a report that crosses the amendment holds nothing open`() throws {
    var (world, first) = try met()
    let second = try world.circulate(2, after: first.id, text: "更正")
    try world.sync()
    try world.answer(.countersign, second.id, by: Town.jw, Town.fy, Town.sfj)
    try world.sync()
    #expect(try world.finalize(second.id) == nil)
    #expect(try world.issueMinutes(second.id) == nil)
    // The unit has not heard of the issue.
    let place = try world.act(.report, on: first.resolution, .item, by: Town.sfj, role: .head) {
      $0.note = "已办结"
    }
    try world.sync()
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      #expect(try world.flaw(place, at: reader) == nil)
      let card = try #require(try world.folded(reader).item(first.resolution))
      #expect(card.state == .superseded && card.pendingReports.isEmpty && card.isSettled)
    }
  }

  @Test func `a new version of a letter takes the place of its findings`() throws {
    var world = try CaseWorld()
    let cover = Dossier(kind: .inspection, title: "中期督察")
    let coverID = world.newID()
    try world.write(
      try world.composer(Town.fzb).opening(cover, id: coverID, admitting: [Town.jw, Town.sfj]),
      by: Town.fzb)
    var issued: [(letter: RecordID, findings: [RecordID])] = []
    // The second repeats one of two findings with the same words, and states another.
    for texts in [["超期", "超期", "缺证"], ["超期", "缺件"]] {
      let id = world.newID()
      let items = texts.map { text in
        (
          id: world.newID(),
          item: Item(document: id, number: 1, kind: .finding, text: text, unit: Town.sfj)
        )
      }
      var letter = try world.letter(.feedback, number: "样法督〔2023〕\(3 + issued.count)号")
      letter.to = [Town.sfj]
      (letter.version, letter.supersedes) = (UInt32(issued.count + 1), issued.last?.letter)
      let change = try world.write(
        try world.composer(Town.fzb).document(letter, id: id, items: items), by: Town.fzb)
      #expect(try world.folded(Town.fzb).flaws(in: change).isEmpty)
      try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
      issued.append((id, items.map(\.id)))
      if issued.count == 1 { try signOff(items[0].id, &world) }
    }
    let count = try Count([[try world.folded(Town.fzb)]])
    #expect(count(.rectRate, "inspection") == 1 && count.of(.rectRate, "inspection") == 2)
    #expect(Set(count.evidence(.rectRate).map(\.record)) == Set(issued[1].findings))
  }

  @Test func `the rate is the same in every order of arrival`() throws {
    var (world, first) = try met()
    try signOff(first.resolution, &world)
    let second = try world.amend(first, text: "更正")
    #expect(try act(.reopen, on: second.resolution, at: "2023-12-01", &world) == nil)
    let third = try world.amend(second, as: 3, text: "再更正", on: "2023-12-05")
    try signOff(third.resolution, &world)
    _ = try world.amend(third, as: 4, text: "又更正", on: "2023-12-10")
    let source = try #require(world.replicas[Town.sfj])
    let expected = try world.folded(Town.sfj).items
    #expect(expected.map(\.state).filter { $0 == .superseded }.count == 3)
    #expect(try count(world).of == 1 && count(world).done == 1)
    var random = SeededGenerator(seed: 79)
    for _ in 0..<50 {
      var replica = RandomArrival(of: source, directory: world.directory)
      try replica.take(Array(source.changeSets), using: &random) { replica in
        // At no prefix does the resolution count twice.
        let held = try Count([[replica.folded]])
        #expect(held.of(.itemRate, "resolution").map { $0 <= 1 } ?? true)
      }
      #expect(replica.folded.items == expected)
    }
  }
}
