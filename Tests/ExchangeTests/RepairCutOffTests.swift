import Exchange
import Ledger
import Synchronization
import TestSupport
import Testing

@Suite struct RepairCutOffTests {
  @Test func `a check that fails in the middle of its repair has told of what it filled`()
    async throws
  {
    let node = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await node.found()
    let others = ["B", "C"].map {
      SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency($0))
    }
    var lost: [StoredChangeSet] = []
    for other in others {
      try await other.join(node, directory)
      let first = try await node.append(
        nil, [Part(membership: [.grant(Grant(agency: other.agency.code, ground: .admit))])])
      lost.append(try await node.append(first.dossier, [Part()]))
      try await other.catchUp(with: node)
    }
    for changeSet in lost {
      try await node.store.write(Forget(id: changeSet.id, dossier: changeSet.dossier))
    }
    // Each of the two gives what it has in a transaction of its own; after the first the store
    // fails.
    let told = Mutex(0)
    let store = node.store
    await #expect(throws: ExchangeError.self) {
      try await SelfChecking(
        repairs: true,
        settled: { _ in
          told.withLock { $0 += 1 }
          store.suffer(.crash(afterWrites: 0))
        }
      ).run(
        over: store, now: { .sample },
        ask: { peer, request in
          let other = try #require(others.first { $0.agency.code == peer })
          return try await other.store.read(
            AnswerFetch(requester: node.agency.code, request: request))
        })
    }
    #expect(told.withLock { $0 } == 1)
    store.suffer(nil)
    let left = try await SelfChecking(repairs: false).run(
      over: store, now: { .sample }, ask: { _, _ in FetchAnswer() })
    #expect(left.holes.count == 1, "what was filled stays")
  }
}

/// Loses one change set.
private struct Forget: StoreWork {
  let id: ChangeSetID
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.forget([id], in: dossier)
  }
}
