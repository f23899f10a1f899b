import Ledger
import TestSupport
import Testing

/// Random disclosures and destructions, lawful and not, delivered in any order, with sealed parts
/// coming before, with or after what is said about them.
@Suite struct SealedPartOrderTests {
  private struct Outcome: Equatable {
    var order: [ChangeSetID]
    var destroyed: [PartPlace]
    var opened: [Set<AgencyCode>]
    var parts: [[Int]]
    var refuted: [PartPlace: [ChangeSetID]]
    var lacking: [ChangeSetID]

    init(_ graph: DossierGraph) {
      order = graph.order
      destroyed = graph.destroyed
      opened = graph.changeSets.flatMap { change in
        change.header.parts.indices.map {
          graph.openedTo(PartPlace(change: change.id, part: $0), in: nil)
        }
      }
      parts = graph.changeSets.map { $0.parts.keys.sorted() }
      refuted = graph.refutedDestructions
      lacking = graph.lacking
    }
  }

  /// What was written, in the order it was.
  private func population(
    _ world: inout World, steps: Int
  ) throws -> (dossier: DossierID, received: [ReceivedChangeSet]) {
    let codes = try ["420300-FZB"].map(Agencies.code) + Agencies.names.map(Agencies.code)
    var whole = try world.begin(by: codes[0], [.to(codes[1]), .cc(codes[2]), .cc(codes[3])])
    let first = try #require(whole.changeSet(whole.id.first))
    var received = [ReceivedChangeSet(first, parts: first.parts)]
    var places: [PartPlace] = []
    // Each author sees everything now and then only, so that steps run beside one another.
    var seen = Dictionary(uniqueKeysWithValues: codes.prefix(4).map { ($0, whole) })
    for _ in 0..<steps {
      let author = codes[Int.random(in: 0..<4, using: &world.random)]
      if world.random.chance(50) { seen[author] = whole }
      let view = seen[author] ?? whole
      var twist = World.Twist()
      var membership: [MembershipStatement] = []
      switch Int.random(in: 0..<12, using: &world.random) {
      case 0..<4:
        twist.sealedParts = (0..<Int.random(in: 1...3, using: &world.random)).map { _ in
          Part(
            audience: codes.prefix(4).filter { _ in world.random.chance(50) }.sorted() + [codes[4]],
            records: [world.record(by: author, type: world.random.chance(25) ? 6 : 4)])
        }.map { Part(audience: Set($0.audience).sorted(), records: $0.records) }
      case 4..<7:
        guard let place = places.randomElement(using: &world.random) else { continue }
        twist.records = [world.record(by: author, type: 8, about: place)]
      case 7..<10:
        guard let place = places.randomElement(using: &world.random) else { continue }
        let readers = Set([author, codes[Int.random(in: 0..<4, using: &world.random)]])
        twist.sealedParts = [
          Part(
            audience: readers.sorted(),
            records: [world.record(by: author, type: 9, about: place)])
        ]
      case 10: membership = [.end(codes[Int.random(in: 1..<4, using: &world.random)])]
      default: membership = [.admit(codes[Int.random(in: 1..<4, using: &world.random)])]
      }
      let draft = try world.draft(by: author, on: view, membership, twist)
      guard case .stored(let stored) = world.verdict(draft, in: view) else { continue }
      received.append(draft)
      whole.insert(stored, directory: world.directory)
      var own = view
      own.insert(stored, directory: world.directory)
      seen[author] = own
      places += stored.header.parts.indices.dropFirst().map {
        PartPlace(change: stored.id, part: $0)
      }
    }
    return (whole.id, received)
  }

  /// Takes everything in an order, each sealed part at once or, by chance, at the end.
  private func deliver(
    _ received: [ReceivedChangeSet], of dossier: DossierID, _ world: World,
    _ random: inout SeededGenerator
  ) -> DossierGraph {
    var graph = DossierGraph(dossier)
    var later: [(ChangeSetID, [Int: SaltedPart])] = []
    var waiting = received.shuffled(using: &random)
    var isMoving = true
    while isMoving {
      isMoving = false
      for copy in waiting where !graph.contains(copy.id) {
        var early = copy
        for index in copy.parts.keys where index > 0 && random.chance(40) {
          early.parts[index] = nil
        }
        guard case .stored(let stored) = world.verdict(early, in: graph) else { continue }
        graph.insert(stored, directory: world.directory)
        later.append((copy.id, copy.parts))
        isMoving = true
      }
      waiting.removeAll { graph.contains($0.id) }
    }
    for (id, parts) in later.shuffled(using: &random) { graph.add(parts: parts, to: id) }
    return graph
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `any order of change sets and of their parts destroys and opens the same`(
    _ seed: UInt64
  ) throws {
    var world = try World(seed: seed, others: Agencies.names)
    let (dossier, received) = try population(&world, steps: 60)
    var random = SeededGenerator(seed: seed ^ 0xFF)
    let expected = Outcome(deliver(received, of: dossier, world, &random))
    #expect(expected.order.count == received.count)
    for _ in 0..<6 {
      let outcome = Outcome(deliver(received, of: dossier, world, &random))
      #expect(outcome == expected)
    }
    // One built at once from a log that still has every byte comes to the same.
    var whole = DossierGraph(dossier)
    let ordered = expected.order.compactMap { id in received.first { $0.id == id } }
    let stored = try ordered.map { copy in
      try #require(
        copy.proof.flatMap {
          StoredChangeSet(headerBytes: copy.headerBytes, proof: $0, parts: copy.parts)
        })
    }
    whole.insert(contentsOf: stored, directory: world.directory)
    #expect(Outcome(whole) == expected)
  }

  @Test func `the random steps destroy, open and refute`() throws {
    var (destroyed, opened, refuted) = (0, 0, 0)
    for seed in 1...20 as ClosedRange<UInt64> {
      var world = try World(seed: seed, others: Agencies.names)
      let (dossier, received) = try population(&world, steps: 60)
      var random = SeededGenerator(seed: seed)
      let outcome = Outcome(deliver(received, of: dossier, world, &random))
      destroyed += outcome.destroyed.count
      opened += outcome.opened.filter { !$0.isEmpty }.count
      refuted += outcome.refuted.count
    }
    #expect(destroyed > 20)
    #expect(opened > 20)
    #expect(refuted > 5)
  }
}
