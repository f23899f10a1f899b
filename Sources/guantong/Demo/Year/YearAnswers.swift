import Office
import Synchronization

/// The answers of the steps that were taken, for those that wait for them.
final class YearAnswers: Sendable {
  private typealias Waiting = CheckedContinuation<JSONValue, any Error>

  private struct State {
    var answers: [String: JSONValue] = [:]
    var waiting: [String: [Waiting]] = [:]
    var failure: (any Error)?
  }

  private let state = Mutex(State())

  /// The answer of a step, when it is there.
  ///
  /// - Throws: what went wrong elsewhere; then nobody waits any longer.
  func answer(of step: String) async throws -> JSONValue {
    try await withCheckedThrowingContinuation { continuation in
      let known: Result<JSONValue, any Error>? = state.withLock { state in
        if let failure = state.failure { return .failure(failure) }
        if let answer = state.answers[step] { return .success(answer) }
        state.waiting[step, default: []].append(continuation)
        return nil
      }
      if let known { continuation.resume(with: known) }
    }
  }

  /// Keeps the answer of a step; gives how many there are now.
  func keep(_ answer: JSONValue, of step: String) -> Int {
    let (waiting, count) = state.withLock { state in
      state.answers[step] = answer
      return (state.waiting.removeValue(forKey: step) ?? [], state.answers.count)
    }
    for continuation in waiting { continuation.resume(returning: answer) }
    return count
  }

  /// Lets nobody wait any longer; the first failure is the one that is told.
  func fail(_ error: any Error) {
    let (waiting, failure) = state.withLock { state in
      let failure = state.failure ?? error
      state.failure = failure
      defer { state.waiting = [:] }
      return (state.waiting.values.flatMap(\.self), failure)
    }
    for continuation in waiting { continuation.resume(throwing: failure) }
  }

  /// The change sets that were written.
  var changeSets: Int {
    state.withLock { $0.answers.values.filter { $0["change_set"] != nil }.count }
  }
}
