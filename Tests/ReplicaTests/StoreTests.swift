import Exchange
import Replica
import TestSupport
import Testing

/// PostgreSQL answers like the store in memory.
@Suite(.database, .timeLimit(.minutes(5)))
struct StoreTests {
  @Test(arguments: StoreConformance.allCases)
  func `a store in PostgreSQL conforms`(check: StoreConformance) async throws {
    let store = PostgresStore(try TestDatabase.configuration)
    try await check.run(over: store)
    await store.close()
  }
}
