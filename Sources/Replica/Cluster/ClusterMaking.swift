import FoundationEssentials
import Subprocess
import SystemPackage

/// Makes a cluster beside its final place and moves it there when it is complete.
///
/// So a directory that holds a cluster holds a whole one: roles, database and rules included. What
/// a making that was interrupted left is removed first.
struct ClusterMaking {
  let cluster: EmbeddedCluster

  private var unfinished: String { "\(cluster.nodeDirectory)/data.unfinished" }

  func make() async throws {
    let manager = FileManager.default
    if manager.fileExists(atPath: unfinished) {
      do { try manager.removeItem(atPath: unfinished) } catch {
        throw Files.refusal(unfinished, error)
      }
    }
    try Files.makeDirectory(unfinished, owner: cluster.account, mode: 0o700)
    do {
      try await run(
        "initdb",
        [
          "-D", unfinished, "-U", "postgres", "--auth=peer", "-E", "UTF8", "--locale=C",
          // What it leaves is removed below, after a look at the room that there was.
          "--data-checksums", "--no-instructions", "--no-clean",
        ])
      try cluster.writeConfiguration(to: unfinished)
      // Without a server: in single-user mode each line is one statement.
      for (database, statements) in [
        ("postgres", ClusterFiles.roles), ("guantong", ClusterFiles.rights),
      ] {
        try await run(
          "postgres", ["--single", "-D", unfinished, "-c", "exit_on_error=on", database],
          input: statements)
      }
      if manager.fileExists(atPath: cluster.dataDirectory) {
        try manager.removeItem(atPath: cluster.dataDirectory)
      }
      try manager.moveItem(atPath: unfinished, toPath: cluster.dataDirectory)
    } catch {
      try? manager.removeItem(atPath: unfinished)
      throw (error as? ReplicaError) ?? Files.refusal(cluster.dataDirectory, error)
    }
  }

  private func run(_ program: String, _ arguments: [String], input: String = "") async throws {
    let result = try await Subprocess.run(
      cluster.account.launch(cluster.programs.path(program), arguments), input: .string(input),
      output: .string(limit: Limits.programOutputBytesMax),
      error: .string(limit: Limits.programOutputBytesMax))
    guard result.terminationStatus.isSuccess else {
      throw ClusterLog(output: result.standardOutput + "\n" + result.standardError)
        .explanation(of: cluster.dataDirectory, in: unfinished)
    }
  }
}
