import Glibc
package import Subprocess
import SystemPackage

/// The operating-system user that runs PostgreSQL's programs.
///
/// PostgreSQL refuses to run as root. A node that is root (containers, CI) runs them as the system
/// user `postgres`, by ids and without sudo; any other node runs them as itself.
package struct ClusterAccount: Sendable, Equatable {
  /// The name of the user.
  package let name: String
  /// The user's id.
  package let userID: UInt32
  /// The id of the user's own group.
  package let groupID: UInt32
  /// Whether it is another user than the one this process runs as.
  package let isOther: Bool

  /// The user for this process, asked from the system (`id`), so that any directory of users works.
  package static func forThisProcess() async throws -> ClusterAccount {
    guard geteuid() == 0 else {
      return ClusterAccount(
        name: try await id(["-un"]), userID: geteuid(), groupID: getegid(), isOther: false)
    }
    guard let user = UInt32(try await id(["-u", "postgres"])),
      let group = UInt32(try await id(["-g", "postgres"])), user != 0
    else {
      throw ReplicaError(
        .binariesMissing, object: "user postgres",
        reason: "PostgreSQL never runs as root and there is no user to run it as",
        words: "replica.noUser",
        hint: PostgresPrograms.installHint)
    }
    return ClusterAccount(name: "postgres", userID: user, groupID: group, isOther: true)
  }

  private static func id(_ arguments: [String]) async throws -> String {
    let result = try await Subprocess.run(
      .name("id"), arguments: Arguments(arguments), output: .string(limit: 4096),
      error: .discarded)
    return result.standardOutput.filter { !$0.isNewline }
  }

  /// How a program of the cluster is started: as this user, in `/`, in a session of its own.
  ///
  /// The user is changed by `setpriv`, which becomes the program itself, and not by the user and
  /// group ids of swift-subprocess: those call glibc's `setgroups` in a child made by a bare
  /// `clone`, where glibc waits for threads that only the parent has. Under load that was seen to
  /// hang the child, and with it every later start, for good.
  /// - Parameters:
  ///   - program: the program's path, or its name to be looked for in `PATH`.
  ///   - arguments: its arguments.
  /// - Returns: what swift-subprocess runs.
  package func launch(_ program: String, _ arguments: [String]) -> Configuration {
    var options = PlatformOptions()
    // Ctrl-C in the terminal ends the node, and the node ends the cluster.
    options.createSession = true
    let change = ["--reuid", "\(userID)", "--regid", "\(groupID)", "--clear-groups", "--"]
    return Configuration(
      executable: isOther
        ? .name("setpriv") : program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(isOther ? change + [program] + arguments : arguments),
      environment: .inherit.updating(["LC_ALL": "C", "PGDATA": nil]),
      workingDirectory: "/", platformOptions: options)
  }
}
