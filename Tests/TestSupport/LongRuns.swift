import FoundationEssentials

/// Whether the long runs are wanted: `GUANTONG_FULL` is set, as by `deploy/test --full`.
package enum LongRuns {
  /// They are.
  package static let areOn = ProcessInfo.processInfo.environment["GUANTONG_FULL"] != nil
}
