import Synchronization

/// Whether this node talks to its peers at all; cut only in demonstrations, on sample nodes.
///
/// While it is cut, requests to peers fail at once and requests of peers get no answer, as if the
/// cable had been pulled; what is under way at that moment is broken off, long polls too. A restart
/// mends it.
package final class Link: Sendable {
  /// The link was cut before or while something went over it.
  package struct Cut: Error {
    /// Says so.
    package init() {}
  }

  private struct State {
    var isCut = false
    var nextWaiter: UInt64 = 0
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// Makes a whole link.
  package init() {}

  /// Whether it is cut.
  package var isCut: Bool { state.withLock { $0.isCut } }

  /// Cuts or mends it; cutting breaks off whatever goes over it.
  package func set(isCut: Bool) {
    let waiters = state.withLock { state in
      state.isCut = isCut
      guard isCut else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Lets something go over the link.
  ///
  /// - Parameter work: what goes over it; cancelled when the link is cut meanwhile.
  /// - Returns: what came of it.
  /// - Throws: ``Cut`` when the link is or was cut; otherwise what `work` throws.
  package func carry<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    guard !isCut else { throw Cut() }
    guard let result = try await race(work, against: { await self.untilCut() }) else {
      throw Cut()
    }
    return result
  }

  /// Returns when the link is cut, or when the task is cancelled.
  private func untilCut() async {
    let waiter = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mayWait = state.withLock { state in
          guard !state.isCut, !Task.isCancelled else { return false }
          state.waiters[waiter] = continuation
          return true
        }
        if !mayWait { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume()
    }
  }
}
