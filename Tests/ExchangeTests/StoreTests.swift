import Exchange
import TestSupport
import Testing

struct StoreTests {
  @Test(arguments: StoreConformance.allCases)
  func `a store in memory conforms`(check: StoreConformance) async throws {
    try await check.run(over: MemoryStore(fold: SampleFold.fold))
  }
}
