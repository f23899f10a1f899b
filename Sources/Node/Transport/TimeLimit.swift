/// How long something as a whole may take.
///
/// The timeouts of the HTTP client end with the head of an answer and begin anew with each byte of
/// its body, so that an answer of one byte every few seconds would never end.
package struct TimeLimit: Sendable {
  /// The time there is.
  package let duration: Duration

  private let pause: @Sendable (Duration) async throws -> Void

  /// Takes the time there is, and what lets it pass.
  package init(
    _ duration: Duration,
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.duration = duration
    self.pause = pause
  }

  /// Does some work within the limit.
  ///
  /// - Parameter work: the work; cancelled when the time is over.
  /// - Returns: what came of it.
  /// - Throws: ``Exceeded`` when the time is over; otherwise what `work` throws.
  package func during<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let (duration, pause) = (duration, pause)
    let result = try await race(work) { try await pause(duration) }
    guard let result else { throw Exceeded() }
    return result
  }

  /// The time was over before the work was done.
  package struct Exceeded: Error {}
}
