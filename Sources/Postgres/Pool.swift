import Synchronization

/// A fixed number of connections, lent to waiting tasks in the order of their asking.
///
/// A node needs few: one for its single writer, two to four for readers. Waiting ends with an
/// error when the task is cancelled or too many wait already.
package final class Pool: Sendable {
  private let connections: [Connection]
  private let state: Mutex<State>

  private struct State {
    var idle: [Int]
    var waiters: [(id: UInt64, continuation: CheckedContinuation<Int, any Error>)] = []
    var nextWaiter: UInt64 = 0
    var cancelledEarly: Set<UInt64> = []
    var isClosed = false
  }

  /// Makes a pool whose connections open at their first use.
  package init(_ configuration: ConnectionConfiguration, count: Int) {
    connections = (0..<max(1, count)).map { _ in Connection(configuration) }
    state = Mutex(State(idle: Array(connections.indices)))
  }

  /// Runs a closure as one transaction on the next free connection.
  ///
  /// See ``Connection/transaction(_:_:)``.
  @discardableResult
  package func transaction<Result: Sendable>(
    _ mode: TransactionMode = .write,
    _ body: @escaping @Sendable (borrowing Transaction) throws -> Result
  ) async throws -> Result {
    try await transaction(mode, wrapping: { $0 }, body)
  }

  /// Runs a closure as one transaction, lent as a type that the caller wraps around it.
  @discardableResult
  package func transaction<Wrapper: ~Copyable, Result: Sendable>(
    _ mode: TransactionMode = .write,
    wrapping wrap: @escaping @Sendable (consuming Transaction) -> Wrapper,
    _ body: @escaping @Sendable (borrowing Wrapper) throws -> Result
  ) async throws -> Result {
    let index = try await lease()
    defer { giveBack(index) }
    return try await connections[index].transaction(mode, wrapping: wrap, body)
  }

  /// Ends all connections after what they are doing now; waiters and later calls fail.
  package func close() async {
    let waiters = state.withLock { state in
      state.isClosed = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.continuation.resume(throwing: Pool.closed) }
    for connection in connections { await connection.close() }
  }

  private func lease() async throws -> Int {
    let id = state.withLock { state in
      defer { state.nextWaiter += 1 }
      return state.nextWaiter
    }
    // A cancellation that came after the lease had been given leaves its mark behind.
    defer { state.withLock { _ = $0.cancelledEarly.remove(id) } }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Swift.Result<Int, any Error>? = state.withLock { state in
          if state.cancelledEarly.remove(id) != nil {
            return .failure(PostgresError(.cancelled))
          }
          if state.isClosed { return .failure(Pool.closed) }
          if let index = state.idle.popLast() { return .success(index) }
          guard state.waiters.count < Limits.poolWaitersMax else {
            return .failure(PostgresError(.busy))
          }
          state.waiters.append((id, continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> CheckedContinuation<Int, any Error>? in
        guard let position = state.waiters.firstIndex(where: { $0.id == id }) else {
          state.cancelledEarly.insert(id)
          return nil
        }
        return state.waiters.remove(at: position).continuation
      }
      waiter?.resume(throwing: PostgresError(.cancelled))
    }
  }

  private func giveBack(_ index: Int) {
    let next = state.withLock { state -> CheckedContinuation<Int, any Error>? in
      guard !state.waiters.isEmpty else {
        state.idle.append(index)
        return nil
      }
      return state.waiters.removeFirst().continuation
    }
    next?.resume(returning: index)
  }

  private static let closed = PostgresError(.misuse, detail: "the pool is closed")
}
