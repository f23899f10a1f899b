import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// A disk that is too small, mounted for the time of a closure; only root may.
package enum FullDisk {
  /// Lends a directory on a disk of so many megabytes; where root may not mount, it says so.
  package static func withSmallDisk(
    at path: String, megabytes: Int, _ body: (String) async throws -> Void
  ) async throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    let mounted = try await Subprocess.run(
      .name("mount"),
      arguments: ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=755", "tmpfs", path],
      output: .discarded, error: .discarded)
    // Some containers let not even root mount anything.
    guard mounted.terminationStatus.isSuccess else {
      Issue.record("not tested: root may not mount a small disk here", severity: .warning)
      return
    }
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(path))
    } catch {
      outcome = .failure(error)
    }
    _ = try await Subprocess.run(
      .name("umount"), arguments: ["-l", path], output: .discarded, error: .discarded)
    try outcome.get()
  }
}
