import FoundationEssentials
import Postgres
import Subprocess
import SystemPackage

/// What a database says of the node that it belongs to.
package struct DatabaseIdentity: Sendable, Equatable {
  /// The agency.
  package let agency: String
  /// The id of the directory's first change set, in hexadecimal; nil before there is one.
  package let directory: String?
  /// The version of its schema.
  package let schemaVersion: Int
  /// The version of PostgreSQL, such as 150018.
  package let serverVersion: Int
  /// How many change sets it stores.
  package let changeSets: Int
  /// How far it has come.
  package let position: DatabasePosition
}

extension EmbeddedCluster {
  /// The schemas of a node's database; nothing else in it is ours.
  static let schemas = ["ledger", "exchange", "casework", "office"]

  /// Whether the cluster runs and answers, whoever started it.
  package func isAnswering() async throws -> Bool {
    let connection = Connection(configuration(.owner))
    let answers: Bool
    do {
      _ = try await connection.serverVersion()
      answers = true
    } catch let error as PostgresError where error.isUnavailable {
      answers = false
    }
    await connection.close()
    return answers
  }

  /// Runs a closure while no node runs here and none can start.
  ///
  /// - Throws: ``ReplicaError`` `inUse` when a node runs.
  package func whileStopped<Result>(_ body: () async throws -> Result) async throws -> Result {
    try makeDirectories()
    let lock = try lockDirectory()
    defer { try? lock.close() }
    try await stopLeftover()
    return try await body()
  }

  /// What the running database says of its node; nil when no node has used it.
  package func identity() async throws -> DatabaseIdentity? {
    let connection = Connection(configuration(.owner))
    let identity: DatabaseIdentity?
    do {
      identity = try await connection.transaction(.read) { sql -> DatabaseIdentity? in
        let isThere = try sql.value(
          "SELECT to_regclass('exchange.node') IS NOT NULL", as: Bool.self)
        guard isThere == true, let position = try DatabasePosition.current(sql) else { return nil }
        let row = try sql.firstRow(
          """
          SELECT agency, encode(directory, 'hex'),
            (SELECT coalesce(max(version), 0)::bigint FROM ledger.migration),
            current_setting('server_version_num')::bigint,
            (SELECT count(*) FROM ledger.change_set)
          FROM exchange.node
          """)
        guard let row else { return nil }
        let (agency, directory, schema, server, changeSets) = try row.values(
          String.self, String?.self, Int.self, Int.self, Int.self)
        return DatabaseIdentity(
          agency: agency, directory: directory, schemaVersion: schema, serverVersion: server,
          changeSets: changeSets, position: position)
      }
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
    return identity
  }

  /// Writes the running database to a file of `pg_dump` in its custom format, as one snapshot.
  ///
  /// The node may go on working meanwhile. The file is forced to disk before this returns.
  package func dump(to path: String) async throws {
    try await run(
      "pg_dump",
      ["--format=custom", "--file=\(path)"] + Self.schemas.map { "--schema=\($0)" } + reached)
  }

  /// Loads a file of `pg_dump` into the running database, which must be empty: whole or not at all.
  package func load(_ path: String) async throws {
    try await run(
      "pg_restore", ["--exit-on-error", "--single-transaction"] + reached + [path])
  }

  /// Reads the list of contents of a file of `pg_dump`, which a file that is none does not have.
  package func checkDump(_ path: String) async throws {
    try await run("pg_restore", ["--list", path])
  }

  /// Puts the cluster of another directory, which does not run, in the place of this one.
  ///
  /// What was here is moved to `aside`. To be called while this one is stopped.
  package func exchange(with other: EmbeddedCluster, keeping aside: String) throws {
    let manager = FileManager.default
    do {
      if manager.fileExists(atPath: dataDirectory) {
        // The operator's own settings stay in force.
        if let own = Files.read("\(dataDirectory)/local.conf") {
          try Files.write(own, to: "\(other.dataDirectory)/local.conf", owner: account)
        }
        try manager.moveItem(atPath: dataDirectory, toPath: aside)
      }
      try manager.moveItem(atPath: other.dataDirectory, toPath: dataDirectory)
    } catch {
      throw Files.refusal(dataDirectory, error)
    }
  }

  /// Removes the directory and the sockets of a cluster that does not run.
  package func removeFiles() {
    try? FileManager.default.removeItem(atPath: nodeDirectory)
    if place.isShortened { try? FileManager.default.removeItem(atPath: place.directory) }
  }

  private var reached: [String] {
    [
      "--no-password", "--host=\(place.databaseDirectory)",
      "--username=\(DatabaseRole.owner.rawValue)", "--dbname=guantong",
    ]
  }

  /// Runs a client program of PostgreSQL as this process's own user, which the cluster knows.
  private func run(_ program: String, _ arguments: [String]) async throws {
    let path = programs.path(program)
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw ReplicaError(
        .binariesMissing, object: program, reason: "is not at \(path)",
        words: "replica.noPrograms", hint: PostgresPrograms.installHint)
    }
    // Nothing of the caller's environment: PGOPTIONS or PGSERVICE would change what is reached.
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments),
      environment: .custom(["LC_ALL": "C", "PATH": "/usr/bin:/bin"]), workingDirectory: "/",
      output: .string(limit: Limits.programOutputBytesMax),
      error: .string(limit: Limits.programOutputBytesMax))
    guard result.terminationStatus.isSuccess else {
      let said = result.standardError.split(whereSeparator: \.isNewline)
      guard !said.contains(where: { $0.hasSuffix("No space left on device") }) else {
        throw ReplicaError(
          .diskFull, object: program, reason: "the disk is full", words: "room.disk",
          hint: "make room and try again")
      }
      guard let fault = said.first(where: { $0.contains("error:") }).map(String.init) else {
        throw ReplicaError(
          .programFailed, object: program, reason: "ended without a word", words: "replica.silent")
      }
      throw ReplicaError(
        .programFailed, object: program, reason: fault, words: "replica.said",
        values: ["fault": fault])
    }
  }
}
