import Ledger
import TestSupport
import Testing

/// Sealed parts opened to others later, and destroyed, by their author alone.
@Suite struct SealedPartTests {
  private struct Scene {
    var world: World
    var graph: DossierGraph
    let home: AgencyCode
    let one: AgencyCode
    let other: AgencyCode
    /// The change set with the sealed part 1 of documents, and part 2 with an act, for `one`.
    let sealed: ChangeSetID

    init() throws {
      var world = try World(others: Agencies.names)
      let home = try Agencies.code("420300-FZB")
      let one = try Agencies.code("420300-JW")
      let other = try Agencies.code("420300-SFJ")
      var graph = try world.begin(by: home, [.to(one), .cc(other)])
      var twist = World.Twist()
      for type in [4, 6] as [UInt32] {
        twist.sealedParts.append(
          Part(audience: [home, one], records: [world.record(by: home, type: type)]))
      }
      sealed = try world.write(by: home, in: &graph, [], twist)
      (self.world, self.graph, self.home, self.one, self.other) = (world, graph, home, one, other)
    }

    var place: PartPlace { PartPlace(change: sealed, part: 1) }

    mutating func destroy(
      _ place: PartPlace, by author: AgencyCode? = nil, on graph: DossierGraph? = nil
    ) throws -> StoredChangeSet {
      var twist = World.Twist()
      twist.records = [world.record(by: author ?? home, type: 8, about: place)]
      let draft = try world.draft(by: author ?? home, on: graph ?? self.graph, [], twist)
      return try world.take(draft, in: self.graph)
    }

    mutating func disclose(
      _ place: PartPlace, to readers: [AgencyCode], by author: AgencyCode? = nil,
      openly: Bool = false
    ) throws -> StoredChangeSet {
      let author = author ?? home
      let record = world.record(by: author, type: 9, about: place)
      var twist = World.Twist()
      if openly {
        twist.records = [record]
      } else {
        twist.sealedParts = [Part(audience: (readers + [author]).sorted(), records: [record])]
      }
      return try world.take(try world.draft(by: author, on: graph, [], twist), in: graph)
    }

    func flaw(_ statement: PartStatement, _ change: ChangeSetID, part: Int) -> PartStatementFlaw? {
      graph.flaw(of: statement, in: PartPlace(change: change, part: part))
    }
  }

  @Test func `a disclosure opens the part to the audience of the part that says so`() throws {
    var scene = try Scene()
    #expect(scene.graph.openedTo(scene.place, in: nil).isEmpty)
    let disclosing = try scene.disclose(scene.place, to: [scene.other])
    scene.graph.insert(disclosing, directory: scene.world.directory)
    #expect(scene.graph.openedTo(scene.place, in: nil) == [scene.home, scene.other])
    #expect(scene.graph.disclosures(by: disclosing.id).keys.map(\.self) == [scene.sealed])
    #expect(scene.graph.lacking.isEmpty)
    let rest = PartPlace(change: scene.sealed, part: 2)
    #expect(scene.graph.openedTo(rest, in: nil).isEmpty)
  }

  @Test func `only the author discloses, in a sealed part, what it had seen`() throws {
    var scene = try Scene()
    let foreign = try scene.disclose(scene.place, to: [scene.other], by: scene.one)
    let open = try scene.disclose(scene.place, to: [], openly: true)
    let nowhere = PartPlace(change: ChangeSetID(.sha256([9])), part: 1)
    let unseen = try scene.disclose(nowhere, to: [scene.other])
    let openPart = PartPlace(change: scene.sealed, part: 0)
    let zero = try scene.disclose(openPart, to: [scene.other])
    for change in [foreign, open, unseen, zero] {
      scene.graph.insert(change, directory: scene.world.directory)
    }
    #expect(scene.graph.openedTo(scene.place, in: nil).isEmpty)
    #expect(scene.flaw(.disclose(scene.place), foreign.id, part: 1) == .foreignPart)
    #expect(scene.flaw(.disclose(scene.place), open.id, part: 0) == .misplaced)
    #expect(scene.flaw(.disclose(nowhere), unseen.id, part: 1) == .noPart)
    #expect(scene.flaw(.disclose(openPart), zero.id, part: 1) == .noPart)
  }

  @Test func `a reader that has heard of a disclosure knows what it lacks`() throws {
    var scene = try Scene()
    let disclosing = try scene.disclose(scene.place, to: [scene.other])
    var reader = DossierGraph(scene.graph.id)
    for changeSet in Array(scene.graph.changeSets) + [disclosing] {
      var copy = changeSet
      if copy.id == scene.sealed { for index in [1, 2] { copy.withhold(index) } }
      reader.insert(copy, directory: scene.world.directory)
    }
    #expect(reader.lacking == [scene.sealed])
    let parts = try #require(scene.graph.changeSet(scene.sealed)?.parts)
    reader.add(parts: parts.filter { $0.key == 1 }, to: scene.sealed)
    #expect(reader.lacking.isEmpty)
    #expect(reader.changeSet(scene.sealed)?.parts[1] == parts[1])
  }

  @Test func `a destroyed part is let go of and never taken again`() throws {
    var scene = try Scene()
    let parts = try #require(scene.graph.changeSet(scene.sealed)?.parts)
    let destroying = try scene.destroy(scene.place)
    scene.graph.insert(destroying, directory: scene.world.directory)
    #expect(scene.graph.isDestroyed(scene.place))
    #expect(scene.graph.destroyed == [scene.place])
    #expect(scene.graph.destructions(of: scene.place) == [destroying.id])
    #expect(scene.graph.changeSet(scene.sealed)?.parts.keys.sorted() == [0, 2])
    scene.graph.add(parts: parts, to: scene.sealed)
    #expect(scene.graph.changeSet(scene.sealed)?.parts.keys.sorted() == [0, 2])
    #expect(scene.graph.lacking.isEmpty)
  }

  @Test func `a part with acts stays, whether they were known before or come later`() throws {
    var scene = try Scene()
    let place = PartPlace(change: scene.sealed, part: 2)
    let parts = try #require(scene.graph.changeSet(scene.sealed)?.parts)
    let destroying = try scene.destroy(place)
    var late = DossierGraph(scene.graph.id)
    for changeSet in Array(scene.graph.changeSets) + [destroying] {
      var copy = changeSet
      if copy.id == scene.sealed { copy.withhold(2) }
      late.insert(copy, directory: scene.world.directory)
    }
    #expect(late.isDestroyed(place))
    scene.graph.insert(destroying, directory: scene.world.directory)
    late.add(parts: parts, to: scene.sealed)
    for graph in [scene.graph, late] {
      #expect(!graph.isDestroyed(place))
      #expect(graph.changeSet(scene.sealed)?.parts[2] != nil)
      #expect(graph.refutedDestructions == [place: [destroying.id]])
    }
  }

  @Test func `nobody destroys another's part, nor part 0, nor what it has not seen`() throws {
    var scene = try Scene()
    let early = scene.graph
    let later = try scene.destroy(scene.place, by: scene.one)
    let zero = try scene.destroy(PartPlace(change: scene.sealed, part: 0))
    let beyond = try scene.destroy(PartPlace(change: scene.sealed, part: 3), on: early)
    for change in [later, zero] {
      scene.graph.insert(change, directory: scene.world.directory)
    }
    #expect(scene.graph.destroyed.isEmpty)
    #expect(scene.flaw(.destroy(scene.place), later.id, part: 0) == .foreignPart)
    #expect(
      scene.flaw(.destroy(PartPlace(change: scene.sealed, part: 0)), zero.id, part: 0) == .noPart)
    var fork = early
    fork.insert(beyond, directory: scene.world.directory)
    #expect(fork.destroyed.isEmpty)
  }

  @Test func `a destruction by somebody ended meanwhile closes, one on a void branch does not`()
    throws
  {
    var scene = try Scene()
    var twist = World.Twist()
    twist.sealedParts = [
      Part(
        audience: [scene.home, scene.one],
        records: [scene.world.record(by: scene.one, type: 4)])
    ]
    let own = try scene.world.write(by: scene.one, in: &scene.graph, [], twist)
    let place = PartPlace(change: own, part: 1)
    let before = scene.graph
    let destroying = try scene.destroy(place, by: scene.one, on: before)
    _ = try scene.world.write(by: scene.home, in: &scene.graph, [.end(scene.one)])
    scene.graph.insert(destroying, directory: scene.world.directory)
    guard case .void(.ended) = scene.graph.standing(of: destroying.id) else {
      Issue.record("the author was ended before")
      return
    }
    #expect(scene.graph.isDestroyed(place))

    // Two continuations under one key: neither destroys anything.
    var forked = before
    let first = try scene.world.draft(by: scene.one, on: before)
    forked.insert(try scene.world.take(first, in: forked), directory: scene.world.directory)
    forked.insert(destroying, directory: scene.world.directory)
    #expect(forked.standing(of: destroying.id) == .void(.fork))
    #expect(!forked.isDestroyed(place))
    #expect(forked.changeSet(own)?.parts[1] != nil)
  }

  @Test func `a disclosure under a withdrawn key waits for delivery until it is re-affirmed`()
    throws
  {
    var scene = try Scene()
    let disclosing = try scene.disclose(scene.place, to: [scene.other])
    scene.graph.insert(disclosing, directory: scene.world.directory)
    try scene.world.rotate(scene.home)
    let view = scene.world.directory.current
    #expect(scene.graph.openedTo(scene.place, in: view).isEmpty)
    #expect(scene.graph.openedTo(scene.place, in: nil).contains(scene.other))
    try scene.world.write(by: scene.home, in: &scene.graph)
    #expect(scene.graph.openedTo(scene.place, in: view).contains(scene.other))
  }

  @Test func `where the log has a hole no disclosure counts for delivery`() throws {
    var scene = try Scene()
    let disclosing = try scene.disclose(scene.place, to: [scene.other])
    scene.graph.insert(disclosing, directory: scene.world.directory)
    let view = scene.world.directory.current
    #expect(scene.graph.openedTo(scene.place, in: view).contains(scene.other))
    scene.graph.hole = LogHole(members: scene.graph.members, excluded: [])
    #expect(scene.graph.openedTo(scene.place, in: view).isEmpty)
    #expect(scene.graph.openedTo(scene.place, in: nil).contains(scene.other))
  }
}

extension World {
  /// A record of a type, about a part where one is named.
  mutating func record(
    by author: AgencyCode, type: UInt32, about place: PartPlace? = nil
  ) -> Record {
    Record(
      id: RecordID(timestamp: clock, random: random.bytes(10)), type: type, author: author,
      revises: place.map { Citation(change: $0.change, part: $0.part, record: 0) },
      body: random.bytes(8))
  }
}
