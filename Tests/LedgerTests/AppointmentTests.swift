import Ledger
import TestSupport
import Testing

/// Loss of the registrar: the way out, and the attacks on it.
@Suite struct AppointmentTests {
  private struct Scene {
    var world: World
    let fzb: AgencyCode
    let jw: AgencyCode
    let fy: AgencyCode
    let last: ChangeSetID

    func appointment(_ agency: AgencyCode) throws -> DirectoryStatement {
      .appointment(
        Appointment(
          agency: agency, key: try #require(world.keys[agency]).publicKey, lastEntry: last))
    }
  }

  private func scene() throws -> Scene {
    var world = try World(others: ["420300-JW", "420300-FY"])
    let codes = try ["420300-FZB", "420300-JW", "420300-FY"].map { try Agencies.code($0) }
    try world.carry(.governance(governors: codes.sorted(), threshold: 2), agreeing: [codes[1]])
    return Scene(
      world: world, fzb: codes[0], jw: codes[1], fy: codes[2], last: world.directory.newest)
  }

  @Test func `k governors appoint without the registrar`() throws {
    var scene = try scene()
    try scene.world.enter([try scene.appointment(scene.jw)], by: scene.jw)
    #expect(scene.world.directory.current.registrar == scene.fzb)
    try scene.world.enter([try scene.appointment(scene.jw)], by: scene.fy)
    #expect(scene.world.directory.current.registrar == scene.jw)
    #expect(scene.world.directory.newest == scene.last)
    let first = try scene.world.enter([], by: scene.jw)
    #expect(scene.world.directory.newest == first)
    #expect(scene.world.directory.at(first)?.registrar == scene.jw)
    let admitted = try scene.world.admit("420300-SFJ", agreeing: [scene.fy])
    #expect(scene.world.directory.current.agency(admitted) != nil)
  }

  @Test func `entries of the old registrar outside the last one's ancestry have no effect`() throws
  {
    var scene = try scene()
    let before = scene.world
    // The thief of the registrar's key goes on alone and suspends a governor.
    let key = try #require(scene.world.keys[scene.fzb])
    let target = try #require(scene.world.keys[scene.fy]).keyID
    let suspension = SignedObject(
      signing: Suspension(
        signer: scene.fzb, key: key.keyID, agency: scene.fy, suspended: target, reason: "theft"),
      with: key)
    let stolen = try scene.world.enter([.suspension(suspension)], by: scene.fzb)
    #expect(scene.world.directory.current.isWithdrawn(target))
    var honest = before
    honest.random = SeededGenerator(seed: 50)
    try honest.enter([try scene.appointment(scene.jw)], by: scene.jw)
    try honest.enter([try scene.appointment(scene.jw)], by: scene.fy)
    try honest.enter([], by: scene.jw)
    for changeSet in honest.directory.graph.changeSets
    where !scene.world.directory.graph.contains(changeSet.id) {
      scene.world.directory.insert(changeSet)
    }
    let view = scene.world.directory.current
    #expect(view.registrar == scene.jw)
    #expect(!view.isWithdrawn(target))
    // What the stolen entry said stays readable at that entry.
    #expect(scene.world.directory.at(stolen)?.isWithdrawn(target) == true)
    #expect(scene.world.directory.newest == honest.directory.newest)
  }

  @Test func `a new key for the same agency shuts the old one out`() throws {
    var scene = try scene()
    let old = try #require(scene.world.keys[scene.fzb])
    let fresh = try scene.world.newKey()
    let word = DirectoryStatement.appointment(
      Appointment(agency: scene.fzb, key: fresh.publicKey, lastEntry: scene.last))
    try scene.world.enter([word], by: scene.jw)
    try scene.world.enter([word], by: scene.fy)
    let view = scene.world.directory.current
    #expect(view.activeKey(of: scene.fzb)?.id == fresh.keyID)
    let received = try scene.world.draftEntry([], by: scene.fzb, key: old)
    #expect(
      scene.world.verdict(received, in: scene.world.directory.graph) == .rejected(.keyWithdrawn))
    scene.world.keys[scene.fzb] = fresh
    try scene.world.enter([], by: scene.fzb)
    #expect(scene.world.directory.current.registrar == scene.fzb)
  }

  @Test func `of a governor only the first word about one registrar counts`() throws {
    var scene = try scene()
    try scene.world.enter([try scene.appointment(scene.fy)], by: scene.jw)
    try scene.world.enter([try scene.appointment(scene.jw)], by: scene.jw)
    try scene.world.enter([try scene.appointment(scene.jw)], by: scene.fy)
    #expect(scene.world.directory.current.registrar == scene.fzb)
    try scene.world.enter([try scene.appointment(scene.fy)], by: scene.fzb)
    #expect(scene.world.directory.current.registrar == scene.fy)
  }

  @Test func `a governor that forks where it speaks has no word`() throws {
    var scene = try scene()
    var other = scene.world
    other.random = SeededGenerator(seed: 51)
    try scene.world.enter([try scene.appointment(scene.jw)], by: scene.jw)
    let fork = try other.enter([try scene.appointment(scene.fy)], by: scene.jw)
    try scene.world.enter([try scene.appointment(scene.jw)], by: scene.fy)
    #expect(scene.world.directory.current.registrar == scene.jw)
    scene.world.directory.insert(try #require(other.directory.graph.changeSet(fork)))
    #expect(scene.world.directory.current.registrar == scene.fzb)
    #expect(scene.world.directory.graph.forks.count == 1)
  }

  @Test func `the same governor twice, or one too few, appoints nobody`() throws {
    var scene = try scene()
    for _ in 0..<3 { try scene.world.enter([try scene.appointment(scene.jw)], by: scene.jw) }
    #expect(scene.world.directory.current.registrar == scene.fzb)
    let stranger = DirectoryStatement.appointment(
      Appointment(
        agency: try Agencies.code("420300-XX"), key: try scene.world.newKey().publicKey,
        lastEntry: scene.last))
    try scene.world.enter([stranger], by: scene.fy)
    #expect(scene.world.directory.current.registrar == scene.fzb)
  }

  @Test(arguments: 0..<20)
  func `any order of arrival folds the directory to the same`(seed: UInt64) throws {
    var scene = try scene()
    var other = scene.world
    other.random = SeededGenerator(seed: 52)
    try scene.world.enter([try scene.appointment(scene.jw)], by: scene.jw)
    try scene.world.rotate(scene.fy, agreeing: [scene.jw])
    try other.enter([try scene.appointment(scene.jw)], by: scene.fy)
    try other.admit("420300-SFJ", agreeing: [scene.fy])
    var all = Array(scene.world.directory.graph.changeSets)
    all += other.directory.graph.changeSets.filter { !scene.world.directory.graph.contains($0.id) }
    let founding = try #require(all.first)
    var expected = try #require(Directory(founding: founding))
    for changeSet in all { expected.insert(changeSet) }
    var random = SeededGenerator(seed: seed)
    var waiting = all.shuffled(using: &random)
    var folded = try #require(Directory(founding: founding))
    waiting.removeAll { $0.id == founding.id }
    while !waiting.isEmpty {
      let before = waiting.count
      waiting.removeAll { changeSet in
        folded.insert(changeSet)
        return folded.graph.contains(changeSet.id)
      }
      try #require(waiting.count < before)
    }
    #expect(folded.newest == expected.newest)
    #expect(folded.current.registrar == expected.current.registrar)
    #expect(folded.current.agencies == expected.current.agencies)
    #expect(folded.ineffective == expected.ineffective)
    #expect(folded.graph.order == expected.graph.order)
    let again = try #require(Directory(graph: folded.graph))
    #expect(again.current.agencies == expected.current.agencies)
    #expect(again.ineffective == expected.ineffective)
  }
}
