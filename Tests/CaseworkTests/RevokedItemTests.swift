import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `items of a letter that its author revoked` {
  private typealias Feedback = (id: RecordID, findings: [RecordID])

  /// An inspection of FZB with JW and SFJ.
  private func inspected() throws -> CaseWorld {
    var world = try CaseWorld()
    let (cover, id) = (Dossier(kind: .inspection, title: "中期督察"), world.newID())
    try world.write(
      try world.composer(Town.fzb).opening(cover, id: id, admitting: [Town.jw, Town.sfj]),
      by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.jw, Town.sfj)
    return world
  }

  /// A letter to SFJ with a finding of each text, known to everybody.
  private func feedback(
    _ texts: [String], number: Int, after former: RecordID? = nil, _ world: inout CaseWorld
  ) throws -> Feedback {
    let id = world.newID()
    let items = texts.map { text in
      (
        id: world.newID(),
        item: Item(document: id, number: 1, kind: .finding, text: text, unit: Town.sfj)
      )
    }
    var letter = try world.letter(.feedback, number: "样法督〔2023〕\(number)号", to: [Town.sfj])
    (letter.version, letter.supersedes) = (former == nil ? 1 : 2, former)
    let change = try world.write(
      try world.composer(Town.fzb).document(letter, id: id, items: items), by: Town.fzb)
    #expect(try world.folded(Town.fzb).flaws(in: change).isEmpty)
    try world.sync()
    return (id, items.map(\.id))
  }

  /// Revokes a letter; nobody else has heard of it yet.
  @discardableResult
  private func revoke(
    _ letter: RecordID, on day: String, _ world: inout CaseWorld
  ) throws -> ChangeSetID {
    let place = try world.act(.revoke, on: letter, by: Town.fzb, role: .deputy, on: day) {
      $0.note = "有误,另行印发"
    }
    #expect(try world.flaw(place, at: Town.fzb) == nil)
    return place.change
  }

  private func act(
    _ verb: Verb, on item: RecordID, at day: String, _ world: inout CaseWorld
  ) throws -> Invalidity? {
    let (agency, role): (AgencyCode, Role) =
      switch verb {
      case .report, .dispute: (Town.sfj, .head)
      case .urge: (Town.jw, .head)
      case .pass: (Town.fzb, .sectionHead)
      default: (Town.fzb, .deputy)
      }
    let place = try world.act(verb, on: item, .item, by: agency, role: role, on: day) {
      $0.note = "说明"
      $0.kind = verb == .urge ? SupervisionLevel.reminder.rawValue : ""
    }
    return try world.flaw(place, at: agency)
  }

  private func signOff(_ item: RecordID, _ world: inout CaseWorld) throws {
    for (verb, day) in [
      (Verb.report, "2023-11-01"), (.pass, "2023-11-02"), (.signOff, "2023-11-03"),
    ] {
      #expect(try act(verb, on: item, at: day, &world) == nil)
      try world.sync()
    }
  }

  /// The findings signed off and those that count; nil where none counts.
  private func rate(
    _ world: CaseWorld, asOf: String? = nil, at reader: AgencyCode = Town.fzb
  ) throws -> [Int64?] {
    let count = try Count([[try world.folded(reader)]], asOf: asOf)
    return [count(.rectRate, "inspection"), count.of(.rectRate, "inspection")]
  }

  private func states(
    of letter: Feedback, in world: CaseWorld, at reader: AgencyCode = Town.fzb
  ) throws -> [ItemState?] {
    let folded = try world.folded(reader)
    return letter.findings.map { folded.item($0)?.state }
  }

  @Test func `end with it, signed off or not, and count as they did as of a day before`() throws {
    var world = try inspected()
    let kept = try feedback(["缺证"], number: 3, &world)
    let letter = try feedback(["超期", "越权"], number: 4, &world)
    try signOff(letter.findings[0], &world)
    #expect(try rate(world) == [1, 3])
    try revoke(letter.id, on: "2023-11-20", &world)
    try world.sync()
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      #expect(try states(of: letter, in: world, at: reader) == [.revoked, .revoked])
      #expect(try states(of: kept, in: world, at: reader) == [.issued])
      #expect(try rate(world, at: reader) == [0, 1])
      #expect(try rate(world, asOf: "2023-11-20", at: reader) == [0, 1])
      #expect(try rate(world, asOf: "2023-11-19", at: reader) == [1, 3])
    }
    // Nothing is done about them any more, by whoever knows.
    for verb in [Verb.report, .dispute, .urge, .cancel, .reassign, .reopen] {
      for item in letter.findings {
        var copy = world
        #expect(try act(verb, on: item, at: "2023-11-21", &copy) == .wrongState, "\(verb)")
      }
    }
    // What is issued again is another finding, and begins anew.
    let again = try feedback(["超期"], number: 5, &world)
    #expect(try states(of: again, in: world) == [.issued])
    #expect(try rate(world) == [0, 2])
  }

  @Test func `hold nothing open by what crosses the revocation`() throws {
    var world = try inspected()
    let letter = try feedback(["超期"], number: 3, &world)
    try revoke(letter.id, on: "2023-11-20", &world)
    // The unit and the body have not heard of it.
    for verb in [Verb.report, .dispute, .urge] {
      #expect(try act(verb, on: letter.findings[0], at: "2023-11-20", &world) == nil)
    }
    try world.sync()
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      let card = try #require(try world.folded(reader).item(letter.findings[0]))
      #expect(card.state == .revoked && card.isSettled)
      #expect(card.pendingReports.isEmpty && card.openDisputes.isEmpty)
      #expect(try rate(world, at: reader) == [nil, nil])
    }
  }

  @Test func `bring none of a former version back`() throws {
    var world = try inspected()
    let first = try feedback(["超期", "缺证"], number: 3, &world)
    try signOff(first.findings[0], &world)
    let second = try feedback(["超期"], number: 4, after: first.id, &world)
    #expect(try states(of: second, in: world) == [.signedOff])
    #expect(try rate(world) == [1, 1])
    try revoke(second.id, on: "2023-11-20", &world)
    try world.sync()
    for reader in [Town.fzb, Town.jw, Town.sfj] {
      #expect(try states(of: first, in: world, at: reader) == [.superseded, .superseded])
      #expect(try states(of: second, in: world, at: reader) == [.revoked])
      #expect(try rate(world, at: reader) == [nil, nil])
    }
  }

  @Test func `are the same in every order of arrival`() throws {
    var world = try inspected()
    let first = try feedback(["超期", "缺证"], number: 3, &world)
    let other = try feedback(["越权"], number: 4, &world)
    try signOff(first.findings[0], &world)
    let second = try feedback(["超期"], number: 5, after: first.id, &world)
    let revoked = try revoke(second.id, on: "2023-11-20", &world)
    for verb in [Verb.report, .urge] {
      #expect(try act(verb, on: other.findings[0], at: "2023-11-20", &world) == nil)
    }
    try world.sync()
    try revoke(other.id, on: "2023-12-01", &world)
    #expect(try act(.dispute, on: other.findings[0], at: "2023-12-01", &world) == nil)
    try world.sync()
    let kept = try feedback(["缺件"], number: 6, &world)
    let source = try #require(world.replicas[Town.sfj])
    let expected = try world.folded(Town.sfj).items
    #expect(expected.map(\.state).filter { $0 == .revoked }.count == 2)
    #expect(try rate(world, at: Town.sfj) == [0, 1])
    var random = SeededGenerator(seed: 83)
    for _ in 0..<50 {
      var replica = RandomArrival(of: source, directory: world.directory)
      try replica.take(Array(source.changeSets), using: &random) { replica in
        // At no prefix that knows of the revocation does the finding stand.
        guard replica.graph.changeSet(revoked) != nil else { return }
        #expect(replica.folded.item(second.findings[0])?.state == .revoked)
      }
      let folded = replica.folded
      #expect(folded.items == expected)
      let count = try Count([[folded]])
      #expect(count.evidence(.rectRate).map(\.record) == kept.findings)
    }
  }
}
