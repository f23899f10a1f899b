import Exchange
import Ledger
import Testing

extension StoreConformance {
  /// A registrar A, and B and C, all in one directory and each over a store in memory.
  private struct Town {
    let a: SampleNode<MemoryStore>
    let b: SampleNode<MemoryStore>
    let c: SampleNode<MemoryStore>
    let directory: DossierID

    init() async throws {
      a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
      directory = try await a.found()
      b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
      c = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("C"))
      for node in [b, c] { try await node.join(a, directory) }
      for node in [b, c] { try await node.catchUp(with: a) }
    }

    /// A dossier of one node that these others are admitted to.
    func opened(
      _ home: SampleNode<MemoryStore>, _ others: [SampleNode<MemoryStore>]
    ) async throws -> DossierID {
      let grants = others.map {
        MembershipStatement.grant(Grant(agency: $0.agency.code, ground: .admit))
      }
      return try await home.append(nil, [Part(membership: grants)]).dossier
    }

    func settle() async throws {
      for _ in 0..<2 {
        for node in [a, b, c] {
          for other in [a, b, c] where other.agency.code != node.agency.code {
            try await node.catchUp(with: other)
          }
        }
      }
    }

    /// B with its key over an empty store, as the first start of a rebuild makes it.
    func rebuilt<S: Store>(over store: S, key: SampleAgency? = nil) async throws -> (
      node: SampleNode<S>, isOurs: Bool
    ) {
      let node = SampleNode(store, key ?? b.agency, seed: 7)
      try await node.initialize(directory: nil)
      let answer = try await a.store.read(
        AnswerJoin(agency: b.agency.code, key: b.agency.signatory.key.keyID))
      guard case .admitted(let entries) = answer else {
        throw SampleNode<S>.Refused(description: "not admitted")
      }
      let isOurs = try await store.write(
        BeginRebuild(
          signatory: node.agency.signatory, directory: directory, entries: entries,
          source: a.agency.code, outbox: node.entropy.outboxID(), now: .sample))
      return (node, isOurs)
    }
  }

  /// A listing gives the requester's dossiers alone, page by page, also those left since.
  func checkListing<S: Store>(_ store: S) async throws {
    let town = try await Town()
    let node = SampleNode(store, SampleAgency("D"))
    try await node.join(town.a, town.directory)
    try await node.catchUp(with: town.a)
    try await town.b.catchUp(with: town.a)
    let shared = try await town.opened(town.b, [town.c])
    var mine: [DossierID] = []
    for _ in 0..<3 {
      let grant = Grant(agency: node.agency.code, ground: .admit)
      mine.append(
        try await town.b.append(nil, [Part(membership: [.grant(grant)])]).dossier)
    }
    try await node.catchUp(with: town.b)
    try await town.b.append(
      mine[0], [Part(membership: [.end(agency: node.agency.code, reason: "done")])])
    try await node.catchUp(with: town.b)
    let (home, stranger) = (town.b.agency.code, town.c.agency.code)
    let all = try await node.listed(by: home, isUnshared: false)
    #expect(all == mine.sorted() && !all.contains(shared))
    #expect(try await node.listed(by: home, isUnshared: true) == [mine[0]])
    #expect(try await node.listed(by: stranger, isUnshared: false).isEmpty)
    // A page that ends in the middle goes on behind its last dossier.
    let first = try await store.read(
      Listed(of: [home], unsharedBy: [], after: nil, limit: 2))
    let rest = try await store.read(
      Listed(of: [home], unsharedBy: [], after: first.last, limit: 2))
    #expect(first + rest == mine.sorted())
  }

  /// A node that lost everything but its key gets back what others have, writes nothing before a
  /// person has confirmed it, and goes on in every chain.
  func checkLost<S: Store>(_ store: S) async throws {
    let town = try await Town()
    let (a, b, c) = (town.a, town.b, town.c)
    let shared = try await town.opened(b, [a])
    let left = try await town.opened(b, [a])
    let alone = try await town.opened(b, [])
    let theirs = try await town.opened(c, [b])
    try await town.settle()
    for dossier in [shared, left, alone, theirs] { try await b.append(dossier, [Part()]) }
    try await b.append(left, [Part(membership: [.end(agency: a.agency.code, reason: "done")])])
    try await town.settle()
    let (node, isOurs) = try await town.rebuilt(over: store)
    #expect(isOurs)
    await #expect(throws: SampleNode<S>.Refused.self) { try await node.append(nil, [Part()]) }
    for peer in [a, c] {
      let recovered = try await Recovering(
        peer: peer.agency.code, lostEverything: true, signatory: node.agency.signatory
      ).run(
        over: store, now: { .sample },
        ask: { try await peer.answered($0, from: node.agency.code) })
      #expect(recovered.isWhole && recovered.withheld.isEmpty && recovered.announced == 0)
      #expect(recovered.position?.number ?? 0 > 0)
    }
    for dossier in [shared, left, theirs] {
      let here = try await store.read(ChainOf(dossier: dossier, author: b.agency.code))
      #expect(try await b.store.read(ChainOf(dossier: dossier, author: b.agency.code)) == here)
    }
    #expect(try await store.read(ChainOf(dossier: alone, author: b.agency.code)).isEmpty)
    let standing = try await store.read(ReadRestored(signatory: b.agency.signatory))
    #expect(standing?.returned.count == 6 && standing?.held.isEmpty == true)
    await #expect(throws: SampleNode<S>.Refused.self) { try await node.append(shared, [Part()]) }

    try await store.write(ResumeAfterRestore(outbox: Entropy.system.outboxID()))
    let next = try await node.append(shared, [Part()])
    #expect(next.header.sequence == 3)
    try await a.catchUp(with: node)
    #expect(try await a.store.read(ChainOf(dossier: shared, author: b.agency.code)).count == 3)
    #expect(try await a.store.read(ForksOf(dossier: shared)) == 0)
  }

  /// Nothing is begun with a key that the directory does not name.
  func checkLostWithAnotherKey<S: Store>(_ store: S) async throws {
    let town = try await Town()
    let (node, isOurs) = try await town.rebuilt(over: store, key: SampleAgency("B", generation: 1))
    #expect(!isOurs)
    await #expect(throws: ExchangeError.self) {
      try await store.write(
        BeginRebuild(
          signatory: node.agency.signatory, directory: town.directory, entries: [],
          source: town.a.agency.code, now: .sample))
    }
  }

  /// A sealed part comes back from who may read it, whoever gave the change set first.
  func checkReturnedParts<S: Store>(_ store: S) async throws {
    let town = try await Town()
    let (a, b, c) = (town.a, town.b, town.c)
    let shared = try await town.opened(b, [a, c])
    let sealed = try await b.append(shared, [Part(), Part(audience: [c.agency.code])])
    try await town.settle()
    let (node, _) = try await town.rebuilt(over: store)
    for peer in [a, c] {
      // Whoever comes second is asked as after a restore: everything but the part is here.
      _ = try await Recovering(
        peer: peer.agency.code, lostEverything: peer.agency.code < c.agency.code
      )
      .run(
        over: store, now: { .sample },
        ask: { try await peer.answered($0, from: node.agency.code) })
      let here = try await store.read(PartsOf(id: sealed.id))
      #expect(here == (peer.agency.code == c.agency.code ? [0, 1] : [0]))
    }
  }
}

extension StoreConformance {
  /// A part that its author destroyed is asked of nobody, after a total loss or a restore.
  func checkReturnedWithoutDestroyed<S: Store>(_ store: S) async throws {
    let town = try await Town()
    let (a, b, c) = (town.a, town.b, town.c)
    let shared = try await town.opened(b, [a, c])
    let sealed = try await b.append(
      shared,
      [
        Part(),
        Part(audience: [c.agency.code], records: [.about(nil, type: 4, by: b.agency)]),
      ])
    try await town.settle()
    let place = PartPlace(change: sealed.id, part: 1)
    try await b.append(shared, [Part(records: [.about(place, type: 8, by: b.agency)])])
    try await town.settle()
    let (node, _) = try await town.rebuilt(over: store)
    for lostEverything in [true, false] {
      _ = try await Recovering(peer: a.agency.code, lostEverything: lostEverything).run(
        over: store, now: { .sample },
        ask: { question in
          if case .fetch(let bytes) = question,
            FetchRequest.decode(bytes)?.ids.contains(sealed.id) == true
          {
            Issue.record("a destroyed part was asked for")
          }
          return try await a.answered(question, from: node.agency.code)
        })
    }
    #expect(try await store.read(PartsOf(id: sealed.id)) == [0])
  }
}

extension SampleNode {
  /// The dossiers that this node lists for another, by as many questions as it takes.
  fileprivate func listed(
    by requester: AgencyCode, isUnshared: Bool
  ) async throws -> [DossierID] {
    var dossiers: [DossierID] = []
    var after: DossierID?
    repeat {
      let listing = FetchRequest.Listing(after: after, isUnshared: isUnshared)
      let request = FetchRequest(listing: listing).encoded()
      let answer = try await answered(.fetch(request), from: requester)
      guard let answer = FetchAnswer.decode(answer) else {
        throw Refused(description: "no answer")
      }
      dossiers += answer.chains.map(\.dossier)
      after = answer.listed
    } while after != nil
    return dossiers
  }
}

private struct Listed: StoreWork {
  let of: [AgencyCode]
  let unsharedBy: [AgencyCode]
  let after: DossierID?
  let limit: Int

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [DossierID] {
    try transaction.dossiers(
      of: of, unsharedBy: unsharedBy, barred: [], after: after, limit: limit)
  }
}

/// The chain of an author in a dossier.
private struct ChainOf: StoreWork {
  let dossier: DossierID
  let author: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [ChangeSetID] {
    try transaction.graphs([dossier])[dossier]?.changeSets(of: author).map(\.id) ?? []
  }
}

/// How many forks a dossier has.
private struct ForksOf: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    try transaction.graphs([dossier])[dossier]?.forks.count ?? 0
  }
}

/// The numbers of the parts that are here.
private struct PartsOf: StoreWork {
  let id: ChangeSetID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [Int] {
    try transaction.changeSets([id]).first?.parts.keys.sorted() ?? []
  }
}
