import Exchange
import Ledger
import TestSupport
import Testing

@Suite struct NamelessPeerTests {
  @Test func `a hole of the directory is filled by a peer that what is left of it does not name`()
    async throws
  {
    let node = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await node.found()
    let keeper = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await keeper.join(node, directory)
    try await keeper.catchUp(with: node)
    try await node.catchUp(with: keeper)
    // The entry that admits the only peer is lost.
    try await node.store.write(ForgetNewest(directory: directory))
    let view = try await node.store.read(ViewOf())
    #expect(view?.agency(keeper.agency.code) == nil)
    let repaired = try await SelfChecking(repairs: true).run(
      over: node.store, now: { .sample },
      ask: { peer, request in
        guard peer == keeper.agency.code else { throw ExchangeError(.unavailable, "\(peer)") }
        return try await keeper.store.read(
          AnswerFetch(requester: node.agency.code, request: request))
      })
    #expect(repaired.isConsistent && repaired.repaired == 1)
    let whole = try await node.store.read(ViewOf())
    #expect(whole?.agency(keeper.agency.code) != nil)
  }
}

/// Loses the newest entry of the directory.
private struct ForgetNewest: StoreWork {
  let directory: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    guard let newest = try transaction.directory()?.newest else { return }
    try transaction.forget([newest], in: directory)
  }
}

/// What the directory says.
private struct ViewOf: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> DirectoryView? {
    try transaction.directory()?.current
  }
}
