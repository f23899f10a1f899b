import Exchange
import Ledger
import TestSupport
import Testing

@Suite struct StoreFaultTests {
  /// What a store still has of one append after it suffered, and whether it goes on by itself.
  private func left(
    by fault: StoreFault
  ) async throws -> (written: Int, isDown: Bool, goesOn: Bool) {
    let store = MemoryStore(fold: SampleFold.fold)
    let node = SampleNode(store, SampleAgency("A"))
    let directory = try await node.found()
    let before = store.contents.rows.count
    store.suffer(fault)
    await #expect(throws: ExchangeError.self) {
      try await node.append(directory, [Part()])
    }
    let written = store.contents.rows.count - before
    let isDown = store.isDown
    let again = try? await node.append(directory, [Part()])
    store.suffer(nil)
    try await node.append(directory, [Part()])
    return (written, isDown, again != nil)
  }

  @Test(arguments: [StoreFault.crash(afterWrites: 0), .crash(afterWrites: 1), .crashAtCommit])
  func `a crash before the commit leaves nothing, and the store stays down`(
    fault: StoreFault
  ) async throws {
    let left = try await left(by: fault)
    #expect(left.written == 0 && left.isDown && !left.goesOn)
  }

  @Test func `a crash after the commit leaves everything, and nobody was told`() async throws {
    let left = try await left(by: .crashAfterCommit)
    #expect(left.written == 1 && left.isDown && !left.goesOn)
  }

  @Test(arguments: [StoreFault.failure(afterWrites: 0), .failure(afterWrites: 1), .failureAtCommit])
  func `a write or a commit that fails leaves nothing, and the store goes on`(
    fault: StoreFault
  ) async throws {
    let left = try await left(by: fault)
    #expect(left.written == 0 && !left.isDown && left.goesOn)
  }
}
