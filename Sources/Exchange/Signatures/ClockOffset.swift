/// How far a peer's clock is ahead of ours, learnt from its signed refusals.
///
/// Signatures carry times in the receiver's clock, so that a clock three days wrong stops nothing:
/// the sender adds this offset. It decides nothing else.
package struct ClockOffset: Hashable, Sendable {
  /// Seconds to add to our time to get the peer's; negative when it is behind us.
  package private(set) var seconds: Int64

  /// Makes an offset; 0 for a peer never heard.
  package init(seconds: Int64 = 0) {
    self.seconds = seconds
  }

  /// The peer's time when ours is `now`, both in seconds since 1970.
  package func peerTime(at now: Int64) -> Int64 {
    now.addingReportingOverflow(seconds).partialValue
  }

  /// Learns from the peer's time when ours was `now`; differences beyond a century are a lie or a
  /// defect, and are ignored.
  package mutating func learn(peerTime: Int64, at now: Int64) {
    let difference = peerTime.subtractingReportingOverflow(now)
    guard !difference.overflow, difference.partialValue.magnitude <= Limits.clockOffsetSecondsMax
    else { return }
    seconds = difference.partialValue
  }
}
