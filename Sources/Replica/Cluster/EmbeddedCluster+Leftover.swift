import FoundationEssentials
import Logging
import Subprocess

extension EmbeddedCluster {
  /// Stops what a killed node left running in this directory; called with the directory's lock.
  ///
  /// A `postmaster.pid` whose process is gone, or is a zombie that nobody will ever collect (a
  /// container without an init), would keep PostgreSQL from starting. It is removed only when no
  /// process works in the cluster's directory any more.
  func stopLeftover() async throws {
    let file = "\(dataDirectory)/postmaster.pid"
    guard let text = Files.read(file),
      let pid = text.split(whereSeparator: \.isNewline).first.flatMap({ Int($0) })
    else { return }
    if Self.isAlive(pid), Self.workingDirectory(of: pid) == dataDirectory {
      logger.notice("stopping the database cluster that an earlier run left")
      let result = try await Subprocess.run(
        account.launch(
          programs.path("pg_ctl"), ["stop", "-D", dataDirectory, "-m", "fast", "-t", "60"]),
        output: .string(limit: Limits.programOutputBytesMax), error: .combinedWithOutput)
      guard result.terminationStatus.isSuccess else {
        throw ClusterLog(output: result.standardOutput).explanation(of: dataDirectory)
      }
      return
    }
    let end = ContinuousClock.now + Limits.clusterStopMax
    while try Self.processes(in: dataDirectory).isEmpty == false {
      guard ContinuousClock.now < end else {
        throw ReplicaError(
          .clusterFailed, object: dataDirectory,
          reason: "processes of an earlier cluster are still at work",
          hint: "end them: \(try Self.processes(in: dataDirectory))")
      }
      try await Task.sleep(for: Limits.clusterStartPause)
    }
    try? FileManager.default.removeItem(atPath: file)
  }

  /// Whether a process runs, rather than being gone or a zombie.
  private static func isAlive(_ pid: Int) -> Bool {
    guard let text = Files.read("/proc/\(pid)/stat") else { return false }
    // The state follows the name in parentheses, which may itself contain parentheses.
    guard let end = text.lastIndex(of: ")") else { return false }
    return text[end...].dropFirst(2).first != "Z"
  }

  private static func workingDirectory(of pid: Int) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")
  }

  /// All processes of PostgreSQL change into their cluster's directory.
  private static func processes(in directory: String) throws -> [Int] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int.init).filter {
      isAlive($0) && workingDirectory(of: $0) == directory
    }
  }
}
