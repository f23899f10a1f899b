/// Does some work as long as a watch lasts.
///
/// - Parameters:
///   - work: the work; cancelled when the watch ends.
///   - watch: returns when the work is to be given up; cancelled when the work is done.
/// - Returns: what came of the work; nil when the watch ended first.
/// - Throws: what either throws; `CancellationError` when the task is cancelled.
func race<Result: Sendable>(
  _ work: @escaping @Sendable () async throws -> Result,
  against watch: @escaping @Sendable () async throws -> Void
) async throws -> Result? {
  try await withThrowingTaskGroup(of: Result?.self) { group in
    group.addTask { try await work() }
    group.addTask {
      try await watch()
      return nil
    }
    defer { group.cancelAll() }
    if let first = try await group.next(), let result = first { return result }
    try Task.checkCancellation()
    return nil
  }
}
