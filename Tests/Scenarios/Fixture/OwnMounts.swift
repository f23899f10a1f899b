import Subprocess
import Testing

/// Whether root may mount something here, in a mount namespace of its own.
///
/// Some containers let not even root. A test that lacks the right says so and ends; where the
/// right is there, the test fails for every other reason.
enum OwnMounts {
  private static let probe = Task {
    try await Subprocess.run(
      .name("unshare"),
      arguments: ["--mount", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /tmp"],
      output: .discarded, error: .discarded
    ).terminationStatus.isSuccess
  }

  /// Answers it, asked once in this process, and records a warning where the answer is no.
  static func areAllowed(sourceLocation: SourceLocation = #_sourceLocation) async throws -> Bool {
    guard try await !probe.value else { return true }
    Issue.record(
      "not tested: root may not mount anything here", severity: .warning,
      sourceLocation: sourceLocation)
    return false
  }
}
