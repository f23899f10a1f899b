import Exchange
import Ledger
import TestSupport
import Testing

/// What a peer may leave here that cannot be stored yet, whichever way it brings it.
struct HeldLimitTests {
  private typealias Node = SampleNode<MemoryStore>

  private func delivery(_ changeSet: StoredChangeSet) -> Delivery {
    Delivery(
      number: 0, content: .changeSet(ReceivedChangeSet(changeSet, parts: changeSet.parts)))
  }

  private func fetched(
    _ changeSets: [StoredChangeSet], from a: Node, at b: Node
  ) async throws -> TakenFetch {
    try await b.store.write(
      TakeFetched(peer: a.agency.code, deliveries: changeSets.map(delivery), now: .sample))
  }

  @Test func `a peer of whom too much is held is not pulled, and its answers are not held either`()
    async throws
  {
    let (a, b) = try await Node.pair()
    let grant = Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])
    let first = try await a.append(nil, [grant])
    let second = try await a.append(first.dossier, [Part()])
    let other = try await a.append(nil, [grant])
    let filling = HeldCopy(
      id: ChangeSetID(.sha256([1])), sender: a.agency.code,
      received: ReceivedChangeSet(second, parts: second.parts), reason: .ancestor,
      missing: [ChangeSetID(.sha256([2]))], origin: nil, since: .sample,
      byteCount: Exchange.Limits.heldBytesPerPeerMax + 1)
    try await b.store.write(Hold(copy: filling))
    await #expect(throws: Node.Refused.self) { try await b.pull(from: a) }
    let taken = try await fetched([second, other], from: a, at: b)
    #expect(taken.stored == 1, "what can be stored is")
    #expect(taken.wanted.isEmpty, "nothing is asked for because of it")
    #expect(b.store.contents.held.keys.elementsEqual([filling.id]))
    // What comes before its ancestor in one answer waits for the end of that answer.
    #expect(try await fetched([second, first], from: a, at: b).stored == 2)
    #expect(b.store.contents.held.keys.elementsEqual([filling.id]))
  }
}

private struct Hold: StoreWork {
  let copy: HeldCopy

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.hold([copy])
  }
}
