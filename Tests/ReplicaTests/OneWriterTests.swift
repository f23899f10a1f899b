import Exchange
import Replica
import Synchronization
import TestSupport
import Testing

/// What writes is done one after the other, so that one dossier is folded again at a time.
@Suite(.database, .timeLimit(.minutes(2)))
struct OneWriterTests {
  /// How many works are in it at once, and at the most.
  private final class Seat: Sendable {
    private let state = Mutex((inside: 0, most: 0, visits: 0))

    var most: Int { state.withLock { $0.most } }
    var visits: Int { state.withLock { $0.visits } }

    func enter() {
      state.withLock { state in
        state.inside += 1
        state.most = max(state.most, state.inside)
        state.visits += 1
      }
    }

    func leave() { state.withLock { $0.inside -= 1 } }
  }

  /// A work like one that takes a page: it reads, and takes its time.
  private struct LongWork: StoreWork {
    let seat: Seat

    func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
      seat.enter()
      defer { seat.leave() }
      for _ in 0..<20 { _ = try transaction.node() }
    }
  }

  /// A work like a clerk's step, many of which share a commit.
  private struct BriefWork: StoreWork {
    static var isBrief: Bool { true }
    let seat: Seat

    func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
      seat.enter()
      defer { seat.leave() }
      _ = try transaction.node()
    }
  }

  @Test func `pages and steps that come at once are taken one after the other`() async throws {
    let node = SampleNode(PostgresStore(try TestDatabase.configuration), SampleAgency("A"))
    _ = try await node.found()
    let seat = Seat()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask {
          if number.isMultiple(of: 2) {
            try await node.store.write(LongWork(seat: seat))
          } else {
            try await node.store.write(BriefWork(seat: seat))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(seat.most == 1)
    #expect(seat.visits >= 40)
    await node.store.close()
  }
}
