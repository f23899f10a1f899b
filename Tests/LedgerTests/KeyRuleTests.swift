import Ledger
import Testing

/// Rotation, theft, forks, restored backups and hand-over: one rule.
@Suite struct KeyRuleTests {
  private struct Scene {
    var world: World
    var graph: DossierGraph
    let home: AgencyCode
    let member: AgencyCode
  }

  private func scene() throws -> Scene {
    var world = try World(others: Agencies.names)
    let home = try Agencies.code("420300-JW")
    let member = try Agencies.code("420300-FY")
    let graph = try world.begin(by: home, [.to(member)])
    return Scene(world: world, graph: graph, home: home, member: member)
  }

  /// Inserts `changeSets` in every order that ancestry allows and expects one outcome.
  private func expectSame(
    _ scene: Scene, _ branch: DossierGraph, _ changeSets: [StoredChangeSet],
    _ expected: [Standing]
  ) {
    for order in permutations(changeSets) {
      var graph = branch
      var waiting = order
      while !waiting.isEmpty {
        let before = waiting.count
        waiting.removeAll { graph.insert($0, directory: scene.world.directory) }
        if waiting.count == before { break }
      }
      #expect(waiting.isEmpty)
      #expect(changeSets.map { graph.standing(of: $0.id) } == expected)
    }
  }

  @Test func `security T3 with one key everything after a fork is void on both branches`() throws {
    var scene = try scene()
    let common = try scene.world.write(by: scene.member, in: &scene.graph)
    let branch = scene.graph
    let left = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch), in: branch)
    let right = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch, [.cc(scene.home)]), in: branch)
    var onLeft = branch
    onLeft.insert(left, directory: scene.world.directory)
    let leftAgain = try scene.world.take(
      try scene.world.draft(by: scene.member, on: onLeft), in: onLeft)
    expectSame(
      scene, branch, [left, right, leftAgain],
      [.void(.fork), .void(.fork), .void(.fork)])
    var graph = branch
    for changeSet in [right, left, leftAgain] {
      graph.insert(changeSet, directory: scene.world.directory)
    }
    #expect(graph.standing(of: common) == .counts)
    let proof = try #require(graph.forks.first)
    #expect(graph.forks.count == 1)
    #expect(Set([proof.first.id, proof.second.id]) == [left.id, right.id])
    #expect(proof.author == scene.member)
    #expect(proof.sequence == 2)
    #expect(proof.verify { scene.world.directory.current.key($0).verification })
    #expect(!proof.verify { _ in nil })
  }

  @Test func `the first change set under a new key chooses the branch`() throws {
    var scene = try scene()
    let common = try scene.world.write(by: scene.member, in: &scene.graph)
    let branch = scene.graph
    let left = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch), in: branch)
    let right = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch, [.cc(scene.home)]), in: branch)
    var forked = branch
    forked.insert(left, directory: scene.world.directory)
    forked.insert(right, directory: scene.world.directory)
    try scene.world.rotate(scene.member)
    let chosen = try scene.world.take(
      try scene.world.draft(
        by: scene.member, on: forked, [], World.Twist(after: right.id)), in: forked)
    expectSame(
      scene, branch, [left, right, chosen],
      [.void(.otherBranch), .counts, .counts])
    forked.insert(chosen, directory: scene.world.directory)
    #expect(forked.standing(of: common) == .counts)
    #expect(forked.head(of: scene.member) == chosen.id)
    #expect(forked.chain(of: scene.member) == [common, right.id, chosen.id])
  }

  @Test func `what a thief writes with the old key is void whenever it comes`() throws {
    var scene = try scene()
    let honest = try scene.world.write(by: scene.member, in: &scene.graph)
    let branch = scene.graph
    let entry = scene.world.directory.newest
    let old = try scene.world.rotate(scene.member)
    let affirmed = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch), in: branch)
    let thief = World.Twist(key: old, directory: entry)
    let stolen = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch, [.forward(scene.home)], thief), in: branch
    )
    // "Old": beside the honest one, from before it.
    var early = World.Twist(key: old, directory: entry)
    early.mutate = { header in
      header.previous = nil
      header.sequence = 1
      header.parents = [branch.id.first]
    }
    let backdated = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch, [], early), in: branch)
    expectSame(
      scene, branch, [affirmed, stolen, backdated],
      [.counts, .void(.otherBranch), .void(.otherBranch)])
    var graph = branch
    graph.insert(affirmed, directory: scene.world.directory)
    #expect(graph.standing(of: honest) == .counts)
  }

  @Test func `security T6 what a thief dates before, across and after the cut is void`()
    throws
  {
    var scene = try scene()
    let honest = try scene.world.write(by: scene.member, in: &scene.graph)
    let branch = scene.graph
    let entry = scene.world.directory.newest
    let old = try scene.world.rotate(scene.member)
    let affirmed = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch), in: branch)
    var early = World.Twist(key: old, directory: entry)
    early.mutate = { header in
      header.previous = nil
      header.sequence = 1
      header.parents = [branch.id.first]
    }
    let before = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch, [], early), in: branch)
    let thief = World.Twist(key: old, directory: entry)
    let across = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch, [.forward(scene.home)], thief),
      in: branch)
    var stolen = branch
    stolen.insert(across, directory: scene.world.directory)
    var late = thief
    late.after = across.id
    let after = try scene.world.take(
      try scene.world.draft(by: scene.member, on: stolen, [], late), in: stolen)
    // Nobody who had seen the thief's change set, and so cites it, is blocked.
    let citing = try scene.world.take(
      try scene.world.draft(by: scene.home, on: stolen), in: stolen)
    #expect(citing.header.links.contains(across.id))
    expectSame(
      scene, branch, [affirmed, before, across, after, citing],
      [.counts, .void(.otherBranch), .void(.otherBranch), .void(.otherBranch), .counts])
    var graph = branch
    graph.insert(affirmed, directory: scene.world.directory)
    #expect(graph.standing(of: honest) == .counts)
  }

  @Test func `a thief cannot write after the re-affirmation`() throws {
    var scene = try scene()
    let entry = scene.world.directory.newest
    let old = try scene.world.rotate(scene.member)
    try scene.world.write(by: scene.member, in: &scene.graph)
    let after = try scene.world.draft(
      by: scene.member, on: scene.graph, [], World.Twist(key: old, directory: entry))
    #expect(scene.world.verdict(after, in: scene.graph) == .rejected(.directoryOlder))
  }

  @Test func `a chain across two rotations counts from end to end`() throws {
    var scene = try scene()
    var ids: [ChangeSetID] = []
    for _ in 0..<3 {
      ids.append(try scene.world.write(by: scene.member, in: &scene.graph))
      try scene.world.rotate(scene.member)
      ids.append(try scene.world.write(by: scene.member, in: &scene.graph))
    }
    #expect(ids.allSatisfy { scene.graph.standing(of: $0) == .counts })
  }

  @Test func `a fork under the new key leaves only what both branches have in common`() throws {
    var scene = try scene()
    let common = try scene.world.write(by: scene.member, in: &scene.graph)
    try scene.world.rotate(scene.member)
    let branch = scene.graph
    let left = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch), in: branch)
    let right = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch, [.cc(scene.home)]), in: branch)
    expectSame(scene, branch, [left, right], [.void(.fork), .void(.fork)])
    var graph = branch
    graph.insert(left, directory: scene.world.directory)
    graph.insert(right, directory: scene.world.directory)
    #expect(graph.standing(of: common) == .counts)
  }

  @Test func `what is cut off does not decide the branch while something else does`() throws {
    var scene = try scene()
    let branch = scene.graph
    let kept = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch), in: branch)
    var closing = branch
    closing.insert(kept, directory: scene.world.directory)
    let end = try scene.world.take(
      try scene.world.draft(by: scene.home, on: closing, [.end(scene.member)]), in: closing)
    // A fork of the ended member, outside what the home had seen.
    let late = try scene.world.take(
      try scene.world.draft(by: scene.member, on: branch, [.cc(scene.home)]), in: branch)
    expectSame(
      scene, branch, [kept, end, late],
      [.counts, .counts, .void(.ended(by: end.id))])
  }

  @Test func `a fork of the home voids its grants and what hangs on them`() throws {
    var scene = try scene()
    let newcomer = try Agencies.code("420300-SFJ")
    let branch = scene.graph
    let left = try scene.world.take(
      try scene.world.draft(by: scene.home, on: branch, [.admit(newcomer)]), in: branch)
    let right = try scene.world.take(
      try scene.world.draft(by: scene.home, on: branch), in: branch)
    var onLeft = branch
    onLeft.insert(left, directory: scene.world.directory)
    #expect(onLeft.members.contains(newcomer))
    let word = try scene.world.take(
      try scene.world.draft(by: newcomer, on: onLeft), in: onLeft)
    expectSame(
      scene, branch, [left, right, word],
      [.void(.fork), .void(.fork), .void(.noCountingGrant)])
    onLeft.insert(right, directory: scene.world.directory)
    #expect(!onLeft.members.contains(newcomer))
    #expect(onLeft.members.contains(scene.member))
  }

  @Test func `a key suspended and not replaced leaves its change sets unconfirmed`() throws {
    var scene = try scene()
    let id = try scene.world.write(by: scene.member, in: &scene.graph)
    let key = try scene.world.key(of: scene.member)
    let suspension = Suspension(
      signer: scene.member, key: key.keyID, agency: scene.member, suspended: key.keyID,
      reason: "lost")
    try scene.world.enter(
      [.suspension(SignedObject(signing: suspension, with: key))], by: scene.world.registrar)
    #expect(scene.graph.standing(of: id, in: scene.world.directory.current) == .unconfirmed)
    #expect(scene.graph.standing(of: id) == .counts)
  }

  @Test func `headers made of two dossiers or sequences prove no fork`() throws {
    var scene = try scene()
    let first = try scene.world.write(by: scene.member, in: &scene.graph)
    let second = try scene.world.write(by: scene.member, in: &scene.graph)
    let one = try #require(scene.graph.changeSet(first)).sealedHeader
    let two = try #require(scene.graph.changeSet(second)).sealedHeader
    #expect(ForkProof(one, one) == nil)
    #expect(ForkProof(one, two) == nil)
    #expect(scene.graph.forks.isEmpty)
  }
}

func permutations<Element>(_ elements: [Element]) -> [[Element]] {
  guard elements.count > 1 else { return [elements] }
  return elements.indices.flatMap { index in
    var rest = elements
    let first = rest.remove(at: index)
    return permutations(rest).map { [first] + $0 }
  }
}
