import Exchange
import Ledger
import Replica
import TestSupport
import Testing

/// What a step costs does not grow with every step before it.
@Suite(.database, .timeLimit(.minutes(5)))
struct SpeedTests {
  @Test func `the hundredth step of a dossier costs about what the tenth did`()
    async throws
  {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    _ = try await node.found()
    let dossier = try await node.append(nil, [Part()]).dossier
    var durations: [Duration] = []
    for _ in 0..<100 {
      durations.append(
        try await ContinuousClock().measure { _ = try await node.append(dossier, [Part()]) })
    }
    // A ratio of medians, because the machine may be busy with other things.
    let early = durations[5..<30].sorted()[12]
    let late = durations[75..<100].sorted()[12]
    print("append and project: median \(early) at first, \(late) at last")
    #expect(late < early * 6)
    await node.store.close()
  }
}
