import Ledger
import Synchronization
import TestSupport
import Testing

@testable import Node

/// What the loops of a node tell each other.
@Suite(.timeLimit(.minutes(1))) struct SyncSignalsTests {
  /// The rings that each look of a loop saw.
  private final class Looks: Sendable {
    let seen = Mutex<[UInt64]>([])
  }

  @Test func `rings that come close upon each other are few looks, and the last is looked at`()
    async throws
  {
    let signals = SyncSignals(own: SampleAgency("A").code)
    let looks = Looks()
    let rest: Duration = .milliseconds(200)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while !Task.isCancelled {
          let rings = signals.rings(.standing)
          looks.seen.withLock { $0.append(rings) }
          await signals.wait(.standing, past: rings, restingFirst: rest, atMost: .seconds(50))
        }
      }
      while looks.seen.withLock({ $0.isEmpty }) { await Task.yield() }
      let begin = ContinuousClock.now
      for _ in 0..<50 {
        signals.ring(.standing)
        await Task.yield()
      }
      try await eventually("the last ring is looked at") { looks.seen.withLock { $0.last == 50 } }
      let (count, time) = (looks.seen.withLock { $0.count } - 1, ContinuousClock.now - begin)
      #expect(count <= Int(time / rest) + 1)
      group.cancelAll()
    }
  }
}
