/// How far a peer's clock is ahead of ours, measured at each of its signed answers.
///
/// Information only: no verdict and no order depends on it. What the way of the answer took is part
/// of it, so that small differences mean nothing.
package struct ClockDifference: Hashable, Sendable {
  /// Seconds that the peer is ahead; negative when it is behind us.
  package let seconds: Int64

  /// Takes a difference in seconds.
  package init(seconds: Int64) {
    self.seconds = seconds
  }

  /// Compares the time of a signed answer with ours when it came, both in seconds since 1970; a
  /// difference beyond any clock is the largest there is.
  package init(peerTime: Int64, at now: Int64) {
    let (seconds, overflow) = peerTime.subtractingReportingOverflow(now)
    self.seconds = overflow ? (peerTime < now ? .min : .max) : seconds
  }

  /// Whether an operator is told.
  package var isReported: Bool { seconds.magnitude >= Limits.clockReportedSeconds }

  /// Whether it is so large that times shown by this peer should not be relied on.
  package var isFlagged: Bool { seconds.magnitude >= Limits.clockFlaggedSeconds }
}
