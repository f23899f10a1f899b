/// How long to wait after failures: doubling from a first delay up to a longest, with full jitter
/// in the upper half, so that peers which lost a server together do not come back together.
///
/// ```swift
/// var backoff = Backoff()
/// let pause = backoff.next(using: &generator)  // 50…100 ms, then 100…200 ms, … 15…30 s
/// backoff.reset()                              // after a success
/// ```
package struct Backoff: Sendable, Equatable {
  private let first: Duration
  private let longest: Duration
  private var failures = 0

  /// Starts without a failure.
  package init(first: Duration = Limits.backoffFirst, longest: Duration = Limits.backoffLongest) {
    self.first = first
    self.longest = longest
  }

  /// Notes a failure and returns how long to wait.
  package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
    var ceiling = first
    for _ in 0..<failures where ceiling < longest { ceiling *= 2 }
    if ceiling > longest { ceiling = longest }
    failures = min(failures + 1, 62)
    let half = ceiling / 2
    return half + half * Double.random(in: 0...1, using: &generator)
  }

  /// Notes a success.
  package mutating func reset() {
    failures = 0
  }
}
