import FoundationEssentials
import Postgres
import Replica
import Subprocess
import SystemPackage

/// A cluster's server without its node.
enum LeftCluster {
  /// Starts the server by a shell that ends at once, and gives the server's process.
  static func start(_ cluster: EmbeddedCluster) async throws -> Int32 {
    _ = try await Subprocess.run(
      .path("/bin/sh"),
      arguments: [
        "-c", "\"$1/postgres\" -D \"$2\" </dev/null >/dev/null 2>&1 &", "sh",
        cluster.programs.directory, cluster.dataDirectory,
      ],
      workingDirectory: "/", platformOptions: cluster.account.platformOptions,
      output: .discarded, error: .discarded)
    try await cluster.ready()
    return try await ClusterTests.serverProcess(of: cluster)
  }
}
