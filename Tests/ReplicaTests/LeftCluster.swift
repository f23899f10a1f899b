import FoundationEssentials
import Postgres
import Replica
import Subprocess

/// A cluster's server without its node.
enum LeftCluster {
  /// Starts the server by a shell that ends at once, and gives the server's process.
  static func start(_ cluster: EmbeddedCluster) async throws -> Int32 {
    _ = try await Subprocess.run(
      cluster.account.launch(
        "/bin/sh",
        [
          "-c", "\"$1/postgres\" -D \"$2\" </dev/null >/dev/null 2>&1 &", "sh",
          cluster.programs.directory, cluster.dataDirectory,
        ]),
      output: .discarded, error: .discarded)
    let connection = Connection(cluster.configuration(.node))
    while true {
      do {
        try await connection.statement("SELECT 1")
        break
      } catch let error as PostgresError where error.isUnavailable {
        try await Task.sleep(for: .milliseconds(10))
      }
    }
    await connection.close()
    return try await ClusterTests.serverProcess(of: cluster)
  }
}
