import FoundationEssentials
import Subprocess
import SystemPackage

/// Where PostgreSQL's own programs are and which version they are.
package struct PostgresPrograms: Sendable, Equatable {
  /// The directory of `postgres`, `initdb` and `pg_ctl`.
  package let directory: String
  /// The major version, such as 15.
  package let majorVersion: Int

  /// The one command that puts the programs in place.
  package static let installHint =
    "install them with: apt-get install --no-install-recommends postgresql-15"

  /// Finds the programs: `pg_config --bindir`, then the newest `/usr/lib/postgresql/*/bin`.
  /// - Parameter major: the version of the cluster that is there already; no other one can open it.
  /// - Returns: the first that has all the programs needed.
  /// - Throws: ``ReplicaError`` when there are none, or none of that version.
  package static func find(major: Int? = nil) async throws -> PostgresPrograms {
    var others: [Int] = []
    for directory in await candidates() {
      guard let version = await version(in: directory) else { continue }
      guard major == nil || version == major else {
        others.append(version)
        continue
      }
      return PostgresPrograms(directory: directory, majorVersion: version)
    }
    if let major, let other = others.first {
      throw ReplicaError(
        .otherMajorVersion, object: "PostgreSQL \(other)",
        reason: "the cluster was made by PostgreSQL \(major), which is not installed",
        words: "replica.otherMajor", values: ["major": "\(major)"],
        hint: "install postgresql-\(major), or move the cluster with pg_upgrade")
    }
    throw ReplicaError(
      .binariesMissing, object: "PostgreSQL",
      reason: "initdb and postgres are neither in `pg_config --bindir` nor under "
        + "/usr/lib/postgresql/*/bin", words: "replica.noPrograms", hint: installHint)
  }

  /// The path of one program.
  package func path(_ program: String) -> String {
    "\(directory)/\(program)"
  }

  private static func candidates() async -> [String] {
    var directories: [String] = []
    if let asked = try? await Subprocess.run(
      .name("pg_config"), arguments: ["--bindir"], output: .string(limit: 4096),
      error: .discarded), asked.terminationStatus.isSuccess
    {
      directories.append(asked.standardOutput.filter { !$0.isNewline })
    }
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    directories += versions.compactMap(Int.init).sorted(by: >).map { "\(root)/\($0)/bin" }
    return directories
  }

  /// Asks `postgres --version`; nil when a needed program is missing.
  private static func version(in directory: String) async -> Int? {
    for program in ["initdb", "pg_ctl", "postgres"]
    where !FileManager.default.isExecutableFile(atPath: "\(directory)/\(program)") { return nil }
    guard
      let asked = try? await Subprocess.run(
        .path(FilePath("\(directory)/postgres")), arguments: ["--version"],
        output: .string(limit: 4096), error: .discarded),
      let number = asked.standardOutput.split(separator: " ").first(where: {
        $0.first?.isNumber == true
      })
    else { return nil }
    return Int(number.prefix { $0.isNumber })
  }
}
