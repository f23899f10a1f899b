import Exchange
import Ledger
import Replica
import TestSupport
import Testing

/// A step is cheap enough: what it costs does not grow with what else is stored.
@Suite(.database, .timeLimit(.minutes(2)))
struct SpeedTests {
  @Test func `a step in a busy dossier is stored and projected in a tenth of a second`()
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
    durations.sort()
    print("append and project: median \(durations[50]), slowest \(durations[99])")
    #expect(durations[50] < .milliseconds(100))
    await node.store.close()
  }
}
