import Exchange
import Ledger
import Synchronization
import TestSupport
import Testing

/// A dossier is folded again once for all that arrives together, however much that is.
@Suite(.timeLimit(.minutes(2))) struct FoldedOnceTests {
  private typealias Node = SampleNode<MemoryStore>

  /// Counts folds by dossier.
  private final class Folds: Sendable {
    private let counts = Mutex<[DossierID: Int]>([:])

    var fold: MemoryStore.Fold {
      { graph, directory in
        self.counts.withLock { $0[graph.id, default: 0] += 1 }
        return try SampleFold.fold(graph, directory)
      }
    }

    /// What was counted since the last look.
    func look() -> [DossierID: Int] {
      counts.withLock { counts in
        defer { counts = [:] }
        return counts
      }
    }
  }

  private static let arrivals = 50

  /// A home, a reader whose folds are counted, and a dossier of both with many change sets that the
  /// reader has not.
  private struct World {
    let home = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let folds = Folds()
    let reader: Node
    var written: [StoredChangeSet] = []

    init(dossiers count: Int = 1) async throws {
      reader = Node(MemoryStore(fold: folds.fold), SampleAgency("B"))
      try await reader.join(home, try await home.found())
      try await reader.catchUp(with: home)
      let grant = Part(membership: [.grant(Grant(agency: reader.agency.code, ground: .admit))])
      for _ in 0..<count {
        let first = try await home.append(nil, [grant])
        written.append(first)
        for _ in 1..<FoldedOnceTests.arrivals {
          written.append(try await home.append(first.dossier, [Part()]))
        }
      }
      _ = folds.look()
    }

    var dossiers: Set<DossierID> { Set(written.map(\.dossier)) }
    var directory: DossierID? { home.store.contents.node?.directory }

    /// The entries of the directory, in their order.
    var entries: [StoredChangeSet] {
      let contents = home.store.contents
      return (directory.flatMap { contents.log[$0] } ?? []).compactMap {
        contents.rows[$0]?.changeSet
      }
    }

    func bring(_ changeSets: some Sequence<StoredChangeSet>) async throws -> TakenFetch {
      try await reader.store.write(
        TakeFetched(
          peer: home.agency.code,
          deliveries: changeSets.map {
            Delivery(number: 0, content: .changeSet(ReceivedChangeSet($0, parts: $0.parts)))
          }, now: .sample))
    }
  }

  @Test(arguments: [1, 3]) func `a page folds each dossier of it once`(dossiers: Int) async throws {
    let world = try await World(dossiers: dossiers)
    #expect(try await world.reader.pull(from: world.home).stored == world.written.count)
    let folds = world.folds.look()
    #expect(folds == Dictionary(uniqueKeysWithValues: world.dossiers.map { ($0, 1) }))
    #expect(try await world.reader.pull(from: world.home).stored == 0)
    #expect(world.folds.look().isEmpty, "nothing came")
  }

  @Test func `what waits folds nothing, and all that one arrival releases is folded once`()
    async throws
  {
    let world = try await World()
    let children = world.written.dropFirst().reversed()
    #expect(try await world.bring(children).held == Self.arrivals - 1)
    #expect(world.folds.look().isEmpty)
    #expect(try await world.bring(world.written.prefix(1)).stored == Self.arrivals)
    #expect(Array(world.folds.look().values) == [1])
  }

  @Test func `what voids all that came before is folded once`() async throws {
    let world = try await World()
    _ = try await world.bring(world.written)
    #expect(Array(world.folds.look().values) == [1])
    // The other branch of a fork right behind the first change set.
    let dossier = world.written[0].dossier
    let author = world.home.agency.signatory
    let node = Node(MemoryStore(fold: SampleFold.fold), SampleAgency("A"), seed: 7)
    try await node.initialize(directory: world.directory)
    for known in [world.entries, Array(world.written.prefix(1))] {
      _ = try await node.store.write(
        TakeFetched(
          peer: author.agency,
          deliveries: known.map {
            Delivery(number: 0, content: .changeSet(ReceivedChangeSet($0, parts: $0.parts)))
          }, now: .sample))
    }
    let other = try await node.append(dossier, [Part()])
    #expect(try await world.bring([other]).stored == 1)
    #expect(world.folds.look() == [dossier: 1])
    let graph = try await world.reader.store.read(GraphsOf(dossiers: [dossier]))[dossier]
    for changeSet in world.written.dropFirst() {
      #expect(graph?.standing(of: changeSet.id) == .void(.fork))
    }
  }
}
