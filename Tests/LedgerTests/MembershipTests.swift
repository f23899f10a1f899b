import Ledger
import TestSupport
import Testing

/// Who belongs to a dossier, and whose change sets count, as read from the ancestry.
@Suite struct MembershipTests {
  private struct Scene {
    var world: World
    var graph: DossierGraph
    let home: AgencyCode
    let to: AgencyCode
    let cc: AgencyCode
    let third: AgencyCode
  }

  /// A home with one addressee and one that has a copy.
  private func scene() throws -> Scene {
    var world = try World(others: Agencies.names)
    let home = try Agencies.code("420300-JW")
    let to = try Agencies.code("420300-FY")
    let cc = try Agencies.code("420300-SFJ")
    let graph = try world.begin(by: home, [.to(to), .cc(cc)])
    return Scene(
      world: world, graph: graph, home: home, to: to, cc: cc,
      third: try Agencies.code("420322-JW"))
  }

  @Test func `the home and those it names are members`() throws {
    let scene = try scene()
    #expect(scene.graph.members == [scene.home, scene.to, scene.cc])
    #expect(scene.graph.home == scene.home)
    #expect(scene.graph.addressees == [scene.to])
    #expect(scene.graph.hasGrant(scene.to, at: scene.graph.id.first))
    #expect(!scene.graph.hasGrant(scene.third, at: scene.graph.id.first))
  }

  @Test func `an addressee forwards, who is named is an addressee too, a copy forwards nothing`()
    throws
  {
    var scene = try scene()
    let last = try Agencies.code("420322-FZB")
    try scene.world.write(by: scene.cc, in: &scene.graph, [.forward(last)])
    #expect(!scene.graph.members.contains(last))
    try scene.world.write(by: scene.to, in: &scene.graph, [.forward(scene.third)])
    #expect(scene.graph.members.contains(scene.third))
    try scene.world.write(by: scene.third, in: &scene.graph, [.forward(last)])
    #expect(scene.graph.members.contains(last))
    #expect(scene.graph.addressees == [scene.to, scene.third, last])
  }

  @Test func `only the home admits, addresses and copies`() throws {
    var scene = try scene()
    for statement in [
      MembershipStatement.admit(scene.third), .to(scene.third), .cc(scene.third),
    ] {
      try scene.world.write(by: scene.to, in: &scene.graph, [statement])
      #expect(!scene.graph.members.contains(scene.third))
    }
  }

  @Test func `only the home ends, and never itself`() throws {
    var scene = try scene()
    try scene.world.write(by: scene.to, in: &scene.graph, [.end(scene.cc)])
    try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.home)])
    #expect(scene.graph.members == [scene.home, scene.to, scene.cc])
    try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.cc)])
    #expect(scene.graph.members == [scene.home, scene.to])
    #expect(scene.graph.ends(of: scene.cc).count == 1)
    #expect(scene.graph.excluded.isEmpty)
  }

  @Test func `an end gives something to read only to who was let in by a confirmed grant`() throws {
    var scene = try scene()
    let view = scene.world.directory.current
    try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.third)])
    #expect(scene.graph.closings(of: scene.third, in: view).isEmpty)
    let end = try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.cc)])
    #expect(scene.graph.closings(of: scene.cc, in: view) == [end])
    try scene.world.write(by: scene.to, in: &scene.graph, [.forward(scene.third)])
    try scene.world.rotate(scene.to)
    let last = try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.third)])
    let later = scene.world.directory.current
    #expect(scene.graph.closings(of: scene.third, in: nil) == [last])
    #expect(scene.graph.closings(of: scene.third, in: later).isEmpty, "it may be a thief's grant")
    try scene.world.write(by: scene.to, in: &scene.graph)
    #expect(scene.graph.closings(of: scene.third, in: later) == [last])
  }

  @Test func `what an ended agency wrote outside the end's ancestry is void`() throws {
    var scene = try scene()
    let seen = try scene.world.write(by: scene.cc, in: &scene.graph)
    let branch = scene.graph
    let end = try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.cc)])
    let unseen = try scene.world.take(
      try scene.world.draft(by: scene.cc, on: branch), in: branch)
    scene.graph.insert(unseen, directory: scene.world.directory)
    let after = try scene.world.write(by: scene.cc, in: &scene.graph)
    #expect(scene.graph.standing(of: seen) == .counts)
    #expect(scene.graph.standing(of: unseen.id) == .void(.ended(by: end)))
    #expect(scene.graph.standing(of: after) == .void(.ended(by: end)))
  }

  @Test func `a later grant reopens an ended membership and a concurrent one does not`() throws {
    var scene = try scene()
    let branch = scene.graph
    let end = try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.cc)])
    let forward = try scene.world.take(
      try scene.world.draft(by: scene.to, on: branch, [.forward(scene.cc)]), in: branch)
    scene.graph.insert(forward, directory: scene.world.directory)
    #expect(!scene.graph.members.contains(scene.cc))
    let between = try scene.world.write(by: scene.cc, in: &scene.graph)
    #expect(scene.graph.standing(of: between) == .void(.ended(by: end)))
    try scene.world.write(by: scene.home, in: &scene.graph, [.admit(scene.cc)])
    #expect(scene.graph.members.contains(scene.cc))
    let after = try scene.world.write(by: scene.cc, in: &scene.graph)
    #expect(scene.graph.standing(of: after) == .counts)
    #expect(scene.graph.standing(of: between) == .void(.ended(by: end)))
    #expect(!scene.graph.isMember(scene.cc, at: end))
    #expect(scene.graph.isMember(scene.cc, at: after))
  }

  @Test func `an exclude is final whatever the home grants later`() throws {
    var scene = try scene()
    let exclude = try scene.world.write(by: scene.home, in: &scene.graph, [.exclude(scene.cc)])
    try scene.world.write(
      by: scene.home, in: &scene.graph, [.admit(scene.cc, lifting: [exclude])])
    #expect(!scene.graph.members.contains(scene.cc))
    #expect(scene.graph.excluded == [scene.cc])
    let after = try scene.world.write(by: scene.cc, in: &scene.graph)
    #expect(scene.graph.standing(of: after) == .void(.excluded(by: exclude)))
    #expect(scene.graph.standingExcludes(of: scene.cc) == [exclude])
  }

  @Test func `an addressee excludes copies and itself, never the home or another addressee`() throws
  {
    var scene = try scene()
    try scene.world.write(
      by: scene.home, in: &scene.graph, [.to(scene.third)])
    try scene.world.write(
      by: scene.to, in: &scene.graph, [.exclude(scene.home), .exclude(scene.third)])
    #expect(scene.graph.excluded.isEmpty)
    try scene.world.write(by: scene.cc, in: &scene.graph, [.exclude(scene.to)])
    #expect(scene.graph.excluded.isEmpty)
    try scene.world.write(by: scene.to, in: &scene.graph, [.exclude(scene.cc)])
    #expect(scene.graph.excluded == [scene.cc])
    let own = try scene.world.write(by: scene.to, in: &scene.graph, [.exclude(scene.to)])
    #expect(scene.graph.excluded == [scene.cc, scene.to])
    #expect(scene.graph.standing(of: own) == .counts)
  }

  @Test func `two members who exclude an agency and let it in at once leave it out`() throws {
    var scene = try scene()
    let branch = scene.graph
    let exclude = try scene.world.take(
      try scene.world.draft(by: scene.to, on: branch, [.exclude(scene.third)]), in: branch)
    let admit = try scene.world.take(
      try scene.world.draft(by: scene.home, on: branch, [.admit(scene.third)]), in: branch)
    for order in [[exclude, admit], [admit, exclude]] {
      var graph = branch
      for changeSet in order { graph.insert(changeSet, directory: scene.world.directory) }
      #expect(graph.excluded == [scene.third])
      #expect(!graph.members.contains(scene.third))
    }
  }

  @Test func `an exclude in a void change set stands until an admit of the home cites it`() throws {
    var scene = try scene()
    let end = try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.to)])
    let exclude = try scene.world.write(by: scene.to, in: &scene.graph, [.exclude(scene.cc)])
    #expect(scene.graph.standing(of: exclude) == .void(.ended(by: end)))
    #expect(scene.graph.excluded == [scene.cc])
    try scene.world.write(by: scene.home, in: &scene.graph, [.admit(scene.cc)])
    #expect(scene.graph.excluded == [scene.cc])
    let before = try scene.world.write(by: scene.cc, in: &scene.graph)
    try scene.world.write(
      by: scene.home, in: &scene.graph, [.admit(scene.cc, lifting: [exclude])])
    #expect(scene.graph.excluded.isEmpty)
    #expect(scene.graph.members.contains(scene.cc))
    let after = try scene.world.write(by: scene.cc, in: &scene.graph)
    #expect(scene.graph.standing(of: after) == .counts)
    // It had a counting grant after the exclude already, though nobody could count it then.
    #expect(scene.graph.standing(of: before) == .counts)
  }

  @Test func `a change set none of whose grants counts is void`() throws {
    var scene = try scene()
    let branch = scene.graph
    let end = try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.to)])
    let forward = try scene.world.take(
      try scene.world.draft(by: scene.to, on: branch, [.forward(scene.third)]), in: branch)
    scene.graph.insert(forward, directory: scene.world.directory)
    #expect(scene.graph.standing(of: forward.id) == .void(.ended(by: end)))
    let word = try scene.world.write(by: scene.third, in: &scene.graph)
    #expect(scene.graph.standing(of: word) == .void(.noCountingGrant))
    #expect(!scene.graph.members.contains(scene.third))
  }

  @Test func `an exclude closes delivery even while it is held`() throws {
    var scene = try scene()
    let branch = scene.graph
    let held = try scene.world.draft(by: scene.to, on: branch, [.exclude(scene.cc)])
    #expect(held.excludes == [scene.cc])
    #expect(branch.barredWhileHeld(Set(held.excludes), by: scene.to) == [scene.cc])
    let idle = try scene.world.draft(by: scene.cc, on: branch, [.exclude(scene.to)])
    #expect(branch.barredWhileHeld(Set(idle.excludes), by: scene.cc).isEmpty)
    #expect(branch.barredWhileHeld([scene.home], by: scene.to).isEmpty)
    // Where a part of the log is lost, what made its author an addressee may be lost with it.
    var holed = branch
    holed.hole = LogHole(members: branch.members, excluded: [])
    #expect(holed.barredWhileHeld(Set(idle.excludes), by: scene.cc) == [scene.to])
    #expect(holed.barredWhileHeld([scene.home], by: scene.cc).isEmpty)
  }

  @Test func `a void part grants nothing but its excludes close`() throws {
    var scene = try scene()
    let id = RecordID(timestamp: scene.world.clock, random: scene.world.random.bytes(10))
    let foreign = Record(id: id, type: 6, author: scene.to, body: [])
    let changeSet = try scene.world.write(
      by: scene.home, in: &scene.graph, [.admit(scene.third), .exclude(scene.cc)],
      World.Twist(records: [foreign]))
    #expect(scene.graph.changeSet(changeSet)?.part(0) == nil)
    #expect(scene.graph.changeSet(changeSet)?.flaw(0) == .foreignRecord)
    #expect(!scene.graph.members.contains(scene.third))
    #expect(scene.graph.excluded == [scene.cc])
    #expect(scene.graph.standing(of: changeSet) == .counts)
  }

  @Test func `a dossier takes no more than its limit of members`() throws {
    var scene = try scene()
    let codes = try (0..<600).map { try Agencies.code("000000-\($0)") }
    try scene.world.write(by: scene.home, in: &scene.graph, codes.map { .admit($0) })
    #expect(scene.graph.members.count == Ledger.Limits.membersMax)
    #expect(scene.graph.members.contains(scene.to))
    let lateComer = try Agencies.code("420322-FZB")
    try scene.world.write(by: scene.home, in: &scene.graph, [.admit(lateComer)])
    #expect(!scene.graph.members.contains(lateComer))
  }

  @Test func `a grant under a key withdrawn since waits for re-affirmation, for delivery only`()
    throws
  {
    var scene = try scene()
    #expect(scene.graph.deliverable(in: scene.world.directory.current) == scene.graph.members)
    let first = scene.graph.id.first
    try scene.world.rotate(scene.home)
    let view = scene.world.directory.current
    #expect(scene.graph.members == [scene.home, scene.to, scene.cc])
    #expect(scene.graph.deliverable(in: view) == [scene.home])
    #expect(scene.graph.standing(of: first, in: view) == .unconfirmed)
    #expect(scene.graph.standing(of: first) == .counts)
    try scene.world.write(by: scene.home, in: &scene.graph)
    #expect(scene.graph.deliverable(in: view) == [scene.home, scene.to, scene.cc])
    #expect(scene.graph.standing(of: first, in: view) == .counts)
  }

  @Test func `whoever has left still confirms what it granted before`() throws {
    var scene = try scene()
    try scene.world.write(by: scene.to, in: &scene.graph, [.forward(scene.third)])
    try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.to)])
    try scene.world.rotate(scene.to)
    let view = scene.world.directory.current
    #expect(scene.graph.members == [scene.home, scene.cc, scene.third])
    #expect(scene.graph.deliverable(in: view) == [scene.home, scene.cc])
    let last = try scene.world.write(by: scene.to, in: &scene.graph)
    #expect(scene.graph.standing(of: last)?.isFolded == false)
    #expect(scene.graph.deliverable(in: view) == [scene.home, scene.cc, scene.third])
  }
}
