import Exchange
import Ledger
import TestSupport
import Testing

/// Grants, ends and excludes of one agency in every order, each seen by the next author or not.
@Suite struct MembershipRaceTests {
  /// One statement about the agency X.
  private enum Move: CaseIterable {
    case admit, end, exclude, excludeByAddressee, forward

    /// The home H, or the addressee T.
    var author: String { self == .excludeByAddressee || self == .forward ? "T" : "H" }

    func statement(_ agency: AgencyCode) -> MembershipStatement {
      switch self {
      case .admit: .grant(Grant(agency: agency, ground: .admit))
      case .forward: .grant(Grant(agency: agency, ground: .forward))
      case .end: .end(agency: agency, reason: "")
      case .exclude, .excludeByAddressee: .exclude(agency: agency, reason: "")
      }
    }
  }

  /// One dossier with what was said in it, and by whom seen: the protocol's words, computed anew.
  private struct Tale {
    let dossier: DossierID
    var isMember: Bool
    var moves: [(move: Move, id: ChangeSetID, seen: Set<Int>)] = []
    var seen: [String: Set<Int>] = ["H": [], "T": []]
    var last: [ChangeSetID] = []

    var isExcluded: Bool {
      moves.contains { move in
        switch move.move {
        case .exclude: true
        case .excludeByAddressee: !move.seen.contains { moves[$0].move == .forward }
        default: false
        }
      }
    }

    /// A grant counts; every end has a grant that had seen it; no exclude stands.
    var expectsMember: Bool {
      let grants = moves.filter { $0.move == .admit || $0.move == .forward }
      let ends = moves.indices.filter { moves[$0].move == .end }
      return !isExcluded && (isMember || !grants.isEmpty)
        && ends.allSatisfy { end in grants.contains { $0.seen.contains(end) } }
    }

    /// The ends that closed a membership: their author had seen a grant, and no end after it.
    var closings: [ChangeSetID] {
      moves.filter { $0.move == .end }.filter { end in
        let ends = end.seen.filter { moves[$0].move == .end }
        let grants = end.seen.filter { [.admit, .forward].contains(moves[$0].move) }
        return (isMember && ends.isEmpty)
          || grants.contains { moves[$0].seen.isSuperset(of: ends) }
      }.map(\.id)
    }

    var wasEverGranted: Bool {
      isMember || moves.contains { $0.move == .admit || $0.move == .forward }
    }
  }

  private let x = BundleWorld.code("X")

  private func sync(_ world: BundleWorld, _ reader: String, _ tale: inout Tale) async throws {
    let other = reader == "H" ? "T" : "H"
    try await world[reader].catchUp(with: world[other])
    let known = tale.seen[other] ?? []
    tale.seen[reader]?.formUnion(known)
  }

  private func tell(
    _ moves: [Move], seeing: Int, isMember: Bool, in world: BundleWorld,
    _ random: inout SeededGenerator
  ) async throws -> Tale {
    let to = MembershipStatement.grant(Grant(agency: BundleWorld.code("T"), ground: .to))
    let witness = MembershipStatement.grant(Grant(agency: BundleWorld.code("W"), ground: .cc))
    let copy = MembershipStatement.grant(Grant(agency: x, ground: .cc))
    let first = try await world["H"].append(
      nil, [Part(membership: [to, witness] + (isMember ? [copy] : []))])
    var tale = Tale(dossier: first.dossier, isMember: isMember)
    try await world["T"].catchUp(with: world["H"])
    for (index, move) in moves.enumerated() {
      let author = move.author
      if seeing & 1 << index != 0 { try await sync(world, author, &tale) }
      let written = try await world[author].append(
        tale.dossier, [Part(membership: [move.statement(x)])])
      tale.moves.append((move, written.id, tale.seen[author] ?? []))
      tale.seen[author]?.insert(index)
      let readers = ["W", "X"].filter { _ in random.chance(20) }
      for reader in readers {
        try await world[reader].pull(from: world[random.chance(50) ? "H" : "T"])
      }
    }
    for author in ["H", "T"] { try await sync(world, author, &tale) }
    for author in ["H", "T"] {
      tale.last.append(try await world[author].append(tale.dossier, [Part()]).id)
    }
    return tale
  }

  @Test(arguments: 0..<2)
  func `scenario S1 admit, exclude, end and forward give one outcome in every order and race`(
    _ turn: Int
  ) async throws {
    let labels = ["H", "T", "W", "X"]
    let world = try await BundleWorld(["A"] + labels)
    var random = SeededGenerator(seed: UInt64(turn))
    var tales: [Tale] = []
    for first in Move.allCases {
      for second in Move.allCases {
        for third in Move.allCases {
          let count = tales.count
          tales.append(
            try await tell(
              [first, second, third], seeing: (count + 4 * turn) % 8,
              isMember: count % 2 == turn, in: world, &random))
        }
      }
    }
    try await world.settle(labels)
    for label in ["H", "T", "W"] { #expect(try await world.held(at: label) == 0) }
    let dossiers = tales.map(\.dossier)
    var graphs: [String: [DossierID: DossierGraph]] = [:]
    for label in labels {
      graphs[label] = try await world[label].store.read(GraphsOf(dossiers: dossiers))
    }
    for tale in tales {
      let words = Comment(rawValue: "\(tale.isMember) \(tale.moves.map { ($0.move, $0.seen) })")
      let graph = try #require(graphs["H"]?[tale.dossier])
      #expect(graph.members.contains(x) == tale.expectsMember, words)
      #expect(graph.excluded.contains(x) == tale.isExcluded, words)
      for label in ["T", "W"] { expectSame(graphs[label]?[tale.dossier], graph, words) }
      let mine = graphs["X"]?[tale.dossier]
      if tale.expectsMember {
        expectSame(mine, graph, words)
      } else {
        #expect(!tale.last.contains { mine?.contains($0) == true }, words)
        if !tale.isExcluded {
          #expect(tale.closings.allSatisfy { mine?.contains($0) == true }, words)
        }
        #expect(tale.wasEverGranted || mine == nil, words)
      }
    }
    try await shuffled(graphs["H"] ?? [:], world, &random)
  }

  private func expectSame(_ one: DossierGraph?, _ other: DossierGraph, _ words: Comment) {
    #expect(one?.order == other.order, words)
    #expect(one?.members == other.members && one?.excluded == other.excluded, words)
    #expect(
      one?.order.map { one?.standing(of: $0) } == other.order.map { other.standing(of: $0) }, words)
  }

  /// A node that gets all of it in any order, a few at a time, comes to the same.
  private func shuffled(
    _ graphs: [DossierID: DossierGraph], _ world: BundleWorld, _ random: inout SeededGenerator
  ) async throws {
    let late = BundleWorld.Node(MemoryStore(fold: SampleFold.fold), SampleAgency("Z"))
    try await late.join(world["A"], world.directory)
    let all = graphs.values.flatMap { Array($0.changeSets) }.sorted { $0.id < $1.id }
    var deliveries = all.map {
      Delivery(number: 0, content: .changeSet(ReceivedChangeSet($0, parts: $0.parts)))
    }.shuffled(using: &random)[...]
    while !deliveries.isEmpty {
      let some = Array(deliveries.prefix(97))
      deliveries = deliveries.dropFirst(some.count)
      _ = try await late.store.write(
        TakeFetched(peer: world["H"].agency.code, deliveries: some, now: .sample))
    }
    let again = try await late.store.read(GraphsOf(dossiers: graphs.keys.sorted()))
    for (dossier, graph) in graphs { expectSame(again[dossier], graph, "shuffled") }
  }
}
