import Ledger
import TestSupport
import Testing

/// A random population of lawful and unlawful change sets, delivered in any order.
///
/// Authors work on what they have seen, so that grants, ends, excludes, forwards, rotations, forks
/// and thefts run beside one another; the judge sees everything, the graph what it stores.
@Suite struct ConvergenceTests {
  /// What a delivery order must not change.
  private struct Outcome: Equatable {
    var order: [ChangeSetID]
    var standings: [Standing?]
    var heads: [ChangeSetID]
    var members: Set<AgencyCode>
    var excluded: Set<AgencyCode>
    var deliverable: Set<AgencyCode>
    var forks: [ForkProof]
    var authorHeads: [ChangeSetID?]
    var rejected: Set<ChangeSetID>

    init(_ graph: DossierGraph, _ view: DirectoryView, rejected: Set<ChangeSetID>) {
      order = graph.order
      standings = graph.order.map { graph.standing(of: $0) }
      heads = graph.heads
      members = graph.members
      excluded = graph.excluded
      deliverable = graph.deliverable(in: view)
      forks = graph.forks
      authorHeads = graph.authors.map { graph.head(of: $0) }
      self.rejected = rejected
    }
  }

  /// One dossier's change sets in the order they were written.
  private struct Population {
    var world: World
    var dossier: DossierID
    var received: [ReceivedChangeSet] = []
  }

  private func population(seed: UInt64, steps: Int) throws -> Population {
    var world = try World(seed: seed, others: Agencies.names)
    let codes = try Agencies.names.map { try Agencies.code($0) }
    let home = codes[0]
    let entries = world.directory.newest
    var whole = try world.begin(by: home, [.to(codes[1]), .cc(codes[2])])
    let first = try #require(whole.changeSet(whole.id.first))
    var population = Population(world: world, dossier: whole.id)
    population.received.append(
      ReceivedChangeSet(headerBytes: first.headerBytes, proof: first.proof, parts: first.parts))
    var seen = Dictionary(uniqueKeysWithValues: codes.map { ($0, whole) })
    var stolen: [(AgencyCode, SigningKey)] = []
    for _ in 0..<steps {
      let author = codes[Int.random(in: 0..<codes.count, using: &world.random)]
      if world.random.chance(3) {
        stolen.append((author, try world.rotate(author)))
        continue
      }
      var twist = World.Twist()
      var view = seen[author] ?? whole
      if world.random.chance(30) { view = whole }
      if world.random.chance(8), let other = seen.values.randomElement(using: &world.random) {
        view = other
      }
      if world.random.chance(15), let theft = stolen.randomElement(using: &world.random) {
        twist.key = theft.1
        twist.directory = entries
      }
      let by = twist.key == nil ? author : stolen.first { $0.1.keyID == twist.key?.keyID }?.0
      let received = try world.draft(
        by: by ?? author, on: view, statements(codes, view, &world.random), twist)
      population.received.append(received)
      if case .stored(let stored) = world.verdict(received, in: whole) {
        whole.insert(stored, directory: world.directory)
        view.insert(stored, directory: world.directory)
        seen[author] = view
      }
    }
    population.world = world
    return population
  }

  private func statements(
    _ codes: [AgencyCode], _ graph: DossierGraph, _ random: inout SeededGenerator
  ) -> [MembershipStatement] {
    let agency = codes[Int.random(in: 0..<codes.count, using: &random)]
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return [.admit(agency)]
    case 1: return [.to(agency)]
    case 2: return [.cc(agency)]
    case 3, 4: return [.forward(agency)]
    case 5: return [.end(agency)]
    case 6: return [.exclude(agency)]
    case 7: return [.admit(agency, lifting: graph.standingExcludes(of: agency).sorted())]
    case 8: return [.end(agency), .admit(agency)]
    default: return []
    }
  }

  /// Judges and inserts as a node does: held ones are tried again until nothing moves.
  private func deliver(
    _ population: Population, _ order: [ReceivedChangeSet], batched: Bool
  ) -> (DossierGraph, Set<ChangeSetID>) {
    var graph = DossierGraph(population.dossier)
    var rejected: Set<ChangeSetID> = []
    var waiting = order
    var batch: [StoredChangeSet] = []
    var progress = true
    while progress {
      progress = false
      waiting.removeAll { received in
        let judge = Judge(
          pinned: population.world.directory.id, directory: population.world.directory,
          rejected: rejected)
        switch population.world.verdict(received, in: graph, by: judge) {
        case .stored(let stored):
          graph.insert(stored, directory: population.world.directory)
          batch.append(stored)
          progress = true
          return true
        case .rejected:
          rejected.insert(received.id)
          progress = true
          return true
        case .held: return false
        }
      }
    }
    #expect(waiting.isEmpty)
    guard batched else { return (graph, rejected) }
    var again = DossierGraph(population.dossier)
    again.insert(contentsOf: batch, directory: population.world.directory)
    return (again, rejected)
  }

  @Test(arguments: 1...24)
  func `any order of delivery gives the same order, standings and members`(seed: UInt64) throws {
    let population = try population(seed: seed, steps: 60)
    let view = population.world.directory.current
    let (graph, rejected) = deliver(population, population.received, batched: false)
    let expected = Outcome(graph, view, rejected: rejected)
    var random = SeededGenerator(seed: seed &* 31)
    for round in 0..<4 {
      let order = population.received.shuffled(using: &random)
      let (other, refused) = deliver(population, order, batched: round % 2 == 1)
      #expect(Outcome(other, view, rejected: refused) == expected)
    }
  }

  @Test func `the populations reach every kind of standing`() throws {
    var codes: Set<String> = []
    var forks = 0
    var rejected = 0
    for seed in UInt64(1)...24 {
      let population = try population(seed: seed, steps: 60)
      let (graph, refused) = deliver(population, population.received, batched: false)
      forks += graph.forks.count
      rejected += refused.count
      for id in graph.order {
        switch graph.standing(of: id) {
        case .counts: codes.insert("counts")
        case .void(let reason): codes.insert(reason.code)
        case .unconfirmed, nil: Issue.record("no such standing in the tables")
        }
      }
    }
    #expect(
      codes == ["counts", "fork", "other-branch", "ended", "excluded", "no-counting-grant"])
    #expect(forks > 0)
    #expect(rejected > 0)
  }

  @Test(arguments: 1...8)
  func `ancestry is what the links say`(seed: UInt64) throws {
    let population = try population(seed: seed, steps: 50)
    let (graph, _) = deliver(population, population.received, batched: false)
    var ancestors: [ChangeSetID: Set<ChangeSetID>] = [:]
    var position: [ChangeSetID: Int] = [:]
    for (index, id) in graph.order.enumerated() {
      let links = try #require(graph.changeSet(id)).header.links
      ancestors[id] = links.reduce(into: Set(links)) { $0.formUnion(ancestors[$1] ?? []) }
      position[id] = index
      #expect(links.allSatisfy { position[$0] ?? .max < index })
    }
    for one in graph.order {
      for other in graph.order {
        #expect(graph.isAncestor(other, of: one) == (ancestors[one]?.contains(other) == true))
      }
    }
    let named = Set(graph.changeSets.flatMap(\.header.links))
    #expect(graph.heads == graph.order.filter { !named.contains($0) }.sorted())
  }

  @Test func `two authors who try to make the standings swing are closed by doubt`() throws {
    // Each forks, and each one's kept branch hangs on a forward by the other.
    var world = try World(others: Agencies.names)
    let codes = try Agencies.names.map { try Agencies.code($0) }
    let (home, left, right) = (codes[0], codes[1], codes[2])
    var graph = try world.begin(by: home, [.to(left), .to(right)])
    try world.write(by: home, in: &graph, [.end(left), .end(right)])
    let base = graph
    var all: [StoredChangeSet] = []
    func add(_ by: AgencyCode, _ on: DossierGraph, _ said: [MembershipStatement]) throws
      -> DossierGraph
    {
      var next = on
      let stored = try world.take(try world.draft(by: by, on: on, said), in: on)
      next.insert(stored, directory: world.directory)
      all.append(stored)
      return next
    }
    let one = try add(left, base, [.forward(right)])
    _ = try add(left, base, [.forward(right), .forward(left)])
    let two = try add(right, one, [.forward(left)])
    _ = try add(right, one, [])
    _ = try add(left, two, [.forward(right)])
    var random = SeededGenerator(seed: 4)
    var outcomes: Set<[String]> = []
    for _ in 0..<12 {
      var folded = base
      var waiting = all.shuffled(using: &random)
      while !waiting.isEmpty {
        waiting.removeAll { folded.insert($0, directory: world.directory) }
      }
      outcomes.insert(folded.order.map { "\(String(describing: folded.standing(of: $0)))" })
      #expect(folded.members == [home])
    }
    #expect(outcomes.count == 1)
  }
}
