import FoundationEssentials
import Logging
import Subprocess

extension EmbeddedCluster {
  /// Stops what a killed node left running in this directory; called with the directory's lock.
  ///
  /// A `postmaster.pid` whose process is gone, or is a zombie that nobody will ever collect (a
  /// container without an init), would keep PostgreSQL from starting. It is removed only when no
  /// process works in the cluster's directory any more, and never while the process it names may
  /// be a server of this directory. Directories are compared by what they are and not by their
  /// paths, for a path may lead over links.
  func stopLeftover() async throws {
    let file = "\(dataDirectory)/postmaster.pid"
    guard let text = Files.read(file),
      let pid = text.split(whereSeparator: \.isNewline).first.flatMap({ Int($0) }),
      let directory = Files.status(of: dataDirectory)?.identity
    else { return }
    switch ClusterProcess(pid)?.works(in: directory) {
    case .some(.yes): return try await stopServer()
    case .some(.unknown):
      throw ReplicaError(
        .clusterFailed, object: dataDirectory,
        reason: "process \(pid) may be its server, and the system does not say where it works",
        words: "replica.unknownServer", values: ["process": "\(pid)"],
        hint: "see that process, and end it if it is this cluster's: kill -INT \(pid)")
    case .some(.no), .none: break
    }
    let end = ContinuousClock.now + Limits.clusterStopMax
    while true {
      let processes = try Self.processes(in: directory)
      if processes.isEmpty { break }
      guard ContinuousClock.now < end else {
        let numbers = processes.map { "\($0)" }.joined(separator: " ")
        throw ReplicaError(
          .clusterFailed, object: dataDirectory,
          reason: "processes of an earlier cluster are still at work",
          words: "replica.leftover", values: ["processes": numbers],
          hint: "end them: \(numbers)")
      }
      try await Task.sleep(for: Limits.clusterStartPause)
    }
    try? FileManager.default.removeItem(atPath: file)
  }

  /// Stops the server that the directory's own lock file names.
  private func stopServer() async throws {
    logger.notice("stopping the database cluster that an earlier run left")
    let result = try await Subprocess.run(
      account.launch(
        programs.path("pg_ctl"), ["stop", "-D", dataDirectory, "-m", "fast", "-t", "60"]),
      output: .string(limit: Limits.programOutputBytesMax), error: .combinedWithOutput)
    guard result.terminationStatus.isSuccess else {
      throw ClusterLog(output: result.standardOutput)
        .explanation(of: dataDirectory, in: dataDirectory)
    }
  }

  /// All processes of PostgreSQL change into their cluster's directory.
  private static func processes(in directory: Files.Identity) throws -> [Int] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int.init).filter {
      ClusterProcess($0)?.works(in: directory) == .yes
    }
  }
}
