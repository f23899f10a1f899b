package import Ledger
import Synchronization

/// Wakes whoever waits for something new for a reader.
///
/// Level-triggered: a waiter says which ring it has seen, so a ring between looking and waiting is
/// never lost. A ring says "look again" and carries nothing.
package final class Bell: Sendable {
  private struct Line: Sendable {
    var rings: UInt64 = 0
    var waiters: [UInt64: Waiter] = [:]
  }

  private struct Waiter: Sendable {
    var continuation: CheckedContinuation<Void, Never>
    var isReader: Bool
  }

  private struct State: Sendable {
    var lines: [AgencyCode: Line] = [:]
    var nextWaiter: UInt64 = 0
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Makes a bell that nobody waits for.
  package init() {}

  /// How often it was rung for `reader`; look at the work only after asking this.
  package func rings(for reader: AgencyCode) -> UInt64 {
    state.withLock { $0.lines[reader]?.rings ?? 0 }
  }

  /// Rings for some readers.
  package func ring(_ readers: some Sequence<AgencyCode>) {
    for reader in readers {
      wake(reader)
    }
  }

  /// Rings for every reader that has ever waited.
  package func ringAll() {
    ring(state.withLock { Array($0.lines.keys) })
  }

  /// The readers whose own question waits now.
  package var attached: Set<AgencyCode> {
    state.withLock { state in
      Set(state.lines.filter { $1.waiters.values.contains(where: \.isReader) }.keys)
    }
  }

  /// Whether the node is shutting down.
  package var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Rings for everybody, and lets nobody wait from now on.
  package func close() {
    state.withLock { $0.isClosed = true }
    ringAll()
  }

  /// Waits until it has been rung more often than `rings`, or the time is over, or the task is
  /// cancelled.
  ///
  /// `isReader` says that the reader's question waits, which will be answered with what there is.
  package func wait(
    for reader: AgencyCode, past rings: UInt64, atMost time: Duration, isReader: Bool = false
  ) async {
    guard time > .zero else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait(for: reader, past: rings, isReader) }
      group.addTask { try? await Task.sleep(for: time) }
      await group.next()
      group.cancelAll()
    }
  }

  private func wait(for reader: AgencyCode, past rings: UInt64, _ isReader: Bool) async {
    let waiter = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mayWait = state.withLock { state in
          var line = state.lines[reader] ?? Line()
          defer { state.lines[reader] = line }
          guard line.rings <= rings, !state.isClosed, !Task.isCancelled else { return false }
          line.waiters[waiter] = Waiter(continuation: continuation, isReader: isReader)
          return true
        }
        if !mayWait { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.lines[reader]?.waiters.removeValue(forKey: waiter) }?
        .continuation.resume()
    }
  }

  private func wake(_ reader: AgencyCode) {
    let waiters = state.withLock { state in
      var line = state.lines[reader] ?? Line()
      line.rings += 1
      let waiters = line.waiters.values
      line.waiters = [:]
      state.lines[reader] = line
      return Array(waiters)
    }
    for waiter in waiters {
      waiter.continuation.resume()
    }
  }
}
