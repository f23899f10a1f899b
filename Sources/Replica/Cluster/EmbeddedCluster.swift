import FoundationEssentials
import Glibc
package import Logging
package import Postgres
import ServiceLifecycle
import Subprocess
import Synchronization
import SystemPackage

/// The PostgreSQL cluster that a node makes and supervises when no database is configured.
///
/// It lives in the node's directory, listens on a Unix socket only, and runs as the node's user or,
/// when that is root, as `postgres`. Put it first into the service group, so that it ends last:
///
/// ```swift
/// let cluster = try await EmbeddedCluster(nodeDirectory: "/srv/guantong", logger: logger)
/// try await cluster.prepare()          // initdb at the first time
/// // … in the group: [cluster, …others]; the others begin with
/// try await cluster.ready()
/// let connection = Connection(cluster.configuration(.node))
/// ```
///
/// A node killed with signal 9 leaves its cluster running; the next start stops that one in an
/// orderly way and starts its own. Two nodes cannot use one directory: the second is refused.
package final class EmbeddedCluster: Service {
  /// Where its sockets are.
  package let place: SocketPlace
  /// The programs it runs.
  package let programs: PostgresPrograms
  /// The user it runs as.
  package let account: ClusterAccount
  let nodeDirectory: String
  let logger: Logger
  private let state = Mutex<State>(.stopped)
  /// Whether it has answered since this object was made.
  private let hasAnswered = Atomic<Bool>(false)

  private enum State {
    case stopped
    case running
    case failed(ReplicaError)
  }

  /// The directory of the cluster's files.
  package var dataDirectory: String { "\(nodeDirectory)/data" }

  /// Finds programs and user for a node's directory; nothing is changed yet.
  /// - Throws: ``ReplicaError`` when programs are missing or belong to another major version than
  ///   the cluster that is there.
  package init(nodeDirectory: String, logger: Logger) async throws {
    let manager = FileManager.default
    var path = nodeDirectory
    if !path.hasPrefix("/") { path = "\(manager.currentDirectoryPath)/\(path)" }
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.nodeDirectory = FilePath(path).lexicallyNormalized().string
    self.logger = logger
    account = try await ClusterAccount.forThisProcess()
    let major = try Self.majorVersion(in: "\(self.nodeDirectory)/data")
    programs = try await PostgresPrograms.find(major: major)
    let runtime = account.isOther ? nil : ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"]
    place = SocketPlace(nodeDirectory: self.nodeDirectory, runtimeDirectory: runtime)
  }

  /// How a role reaches the node's database.
  package func configuration(_ role: DatabaseRole) -> ConnectionConfiguration {
    ConnectionConfiguration(
      socketDirectory: place.databaseDirectory, user: role.rawValue, database: "guantong")
  }

  /// The URL under which `psql` and other systems read the database.
  package var readerURL: String {
    let host = place.databaseDirectory.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || "-._~/".utf8.contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte)) : (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
    }.joined()
    return "postgresql://guantong_reader@/guantong?host=\(host)&port=5432"
  }

  /// Makes the directories, and the cluster when there is none.
  package func prepare() async throws {
    try makeDirectories()
    if Files.status(of: "\(dataDirectory)/PG_VERSION") == nil {
      try await ClusterMaking(cluster: self).make()
      logger.notice("database cluster made", metadata: ["version": "\(programs.majorVersion)"])
    }
    try checkOwner()
    try writeConfiguration(to: dataDirectory)
  }

  /// Runs the cluster until the service group shuts down or the task is cancelled.
  package func run() async throws {
    try await cancelWhenGracefulShutdown { try await self.supervise() }
  }

  /// Runs the cluster for the time of a closure, for commands that are no service.
  package func whileRunning<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask {
        try await self.supervise()
        return nil
      }
      group.addTask {
        try await self.ready()
        return try await body()
      }
      var outcome: Result?
      while outcome == nil, let next = try await group.next() { outcome = next }
      group.cancelAll()
      while try await group.next() != nil {}
      guard let outcome else {
        throw ReplicaError(
          .clusterFailed, object: dataDirectory, reason: "the cluster ended by itself",
          words: "replica.ended")
      }
      return outcome
    }
  }

  /// Waits until the cluster that this object runs answers.
  /// - Throws: when the cluster has given up, or the limit of time has passed.
  package func ready() async throws {
    let connection = Connection(configuration(.node))
    let end = ContinuousClock.now + Limits.clusterStartMax
    var lastDetail = "the cluster has not been started"
    while true {
      switch state.withLock({ $0 }) {
      case .failed(let error): throw error
      case .stopped:
        // What answers now is the server of an earlier run, about to be stopped.
        break
      case .running:
        do {
          _ = try await connection.serverVersion()
          await connection.close()
          hasAnswered.store(true, ordering: .relaxed)
          return
        } catch let error as PostgresError where error.isUnavailable {
          lastDetail = error.detail
        }
      }
      guard ContinuousClock.now < end else {
        throw ReplicaError(
          .clusterFailed, object: dataDirectory, reason: "the database does not answer",
          words: "replica.noAnswer", values: ["fault": lastDetail], hint: lastDetail)
      }
      try await Task.sleep(for: Limits.clusterStartPause)
    }
  }

  /// Starts the cluster again when it ends by itself, with doubling pauses up to a limit.
  ///
  /// One that was full from the start is the operator's; one that was well and filled up is started
  /// again until somebody has made room.
  private func supervise() async throws {
    let lock = try lockDirectory()
    defer { try? lock.close() }
    try await stopLeftover()
    var restarts = 0
    var pause = Limits.clusterRestartPauseFirst
    while true {
      state.withLock { $0 = .running }
      let started = ContinuousClock.now
      let lines = try await runOnce()
      if Task.isCancelled { break }
      if ContinuousClock.now - started > .seconds(3600) {
        restarts = 0
        pause = Limits.clusterRestartPauseFirst
      }
      let wasWell = hasAnswered.load(ordering: .relaxed)
      if lines.isDiskFull, wasWell {
        logger.error("the disk is full: the database starts again when there is room")
        do { try await Task.sleep(for: Limits.clusterRoomPause) } catch { break }
        try await stopLeftover()
        continue
      }
      restarts += 1
      logger.error("database cluster ended by itself", metadata: ["restarts": "\(restarts)"])
      let isFull = lines.isDiskFull || !wasWell && Files.isFull(dataDirectory)
      guard restarts <= Limits.clusterRestartsMax, !isFull else {
        let error = lines.explanation(of: dataDirectory, in: dataDirectory)
        state.withLock { $0 = .failed(error) }
        throw error
      }
      do { try await Task.sleep(for: pause) } catch { break }
      pause *= 2
      try await stopLeftover()
    }
    state.withLock { $0 = .stopped }
  }

  /// Runs `postgres` until it ends; cancelling the task stops it in an orderly way.
  private func runOnce() async throws -> ClusterLog {
    var launch = account.launch(programs.path("postgres"), ["-D", dataDirectory])
    launch.platformOptions.teardownSequence = [
      .send(signal: .interrupt, allowedDurationToNextStep: Limits.clusterStopMax),
      .send(signal: .quit, allowedDurationToNextStep: .seconds(5)),
    ]
    let logger = logger
    let result = try await Subprocess.run(
      launch, input: .none, output: .discarded, error: .sequence
    ) { execution in
      var kept = ClusterLog()
      do {
        for try await line in execution.standardError.strings() where !line.isEmpty {
          kept.append(line)
          // PostgreSQL ranks its LOG lines (started, stopped, checkpoints) above errors.
          logger.log(
            level: line.hasPrefix("LOG:") ? .info : .warning, "postgres",
            metadata: ["line": "\(line)"])
        }
      } catch is CancellationError {
        return kept
      }
      return kept
    }
    return result.closureResult
  }
}
