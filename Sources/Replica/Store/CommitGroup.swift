import Postgres
import Synchronization

/// Brief works that wait for the one writing connection and are committed together.
///
/// A commit waits for the disk, which takes milliseconds, and two writing transactions of a node
/// never overlap: one by one, four clerks are served at a quarter of the disk's rate each. Works
/// that came while a commit was under way share the next one, in the order in which they came, each
/// behind a savepoint of its own, so that one that fails undoes nothing of the others. Nobody is
/// answered before the commit of all.
final class CommitGroup: Sendable {
  /// A work that waits, and who is told of its end.
  struct Work: Sendable {
    fileprivate let ticket: UInt64
    /// The work; may be run again from its start when the whole transaction is.
    let run: @Sendable (borrowing ReplicaTransaction) throws -> Void
    /// Told once, after the commit or the failure.
    let end: @Sendable (Swift.Result<Void, any Error>) -> Void
  }

  private struct State {
    var waiting: [Work] = []
    var isCommitting = false
    var nextTicket: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Takes a work into the next commit and gives its result once that has happened.
  ///
  /// A caller that is cancelled while its work waits takes it back; a work under way is finished.
  /// - Parameters:
  ///   - commit: commits some works in one transaction and tells each of its end.
  ///   - body: the work.
  /// - Returns: what the work gave.
  /// - Throws: what the work or the commit threw; ``PostgresError`` `.busy` when too many wait.
  func take<Result: Sendable>(
    into commit: @escaping @Sendable ([Work]) async -> Void,
    _ body: @escaping @Sendable (borrowing ReplicaTransaction) throws -> Result
  ) async throws -> Result {
    let result = Box<Result>()
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let work = Work(
          ticket: ticket, run: { result.value = try body($0) },
          end: { continuation.resume(with: $0) })
        enqueue(work, commit)
      }
    } onCancel: {
      takeBack(ticket)
    }
    guard let value = result.value else {
      throw PostgresError(.misuse, detail: "a work ended without a result")
    }
    return value
  }

  private func enqueue(
    _ work: Work, _ commit: @escaping @Sendable ([Work]) async -> Void
  ) {
    guard !Task.isCancelled else { return work.end(.failure(PostgresError(.cancelled))) }
    let isFull = state.withLock { state in
      guard state.waiting.count < Limits.worksWaitingMax else { return true }
      state.waiting.append(work)
      guard !state.isCommitting else { return false }
      state.isCommitting = true
      Task { await commitAll(commit) }
      return false
    }
    if isFull {
      work.end(
        .failure(PostgresError(.busy)))
    }
  }

  private func commitAll(_ commit: @Sendable ([Work]) async -> Void) async {
    while true {
      let works = state.withLock { state in
        let next = Array(state.waiting.prefix(Limits.worksPerCommitMax))
        state.waiting.removeFirst(next.count)
        state.isCommitting = !next.isEmpty
        return next
      }
      if works.isEmpty { return }
      await commit(works)
    }
  }

  private func takeBack(_ ticket: UInt64) {
    let work = state.withLock { state in
      state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0) }
    }
    work?.end(.failure(PostgresError(.cancelled)))
  }

  /// What a work gave last: it may run more than once before it is committed.
  private final class Box<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    var value: Value? {
      get { kept.withLock { $0 } }
      set { kept.withLock { $0 = newValue } }
    }
  }
}
