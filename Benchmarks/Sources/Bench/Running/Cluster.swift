import Foundation

/// A private PostgreSQL cluster of one side of a measurement, reached over its own socket only.
///
/// Both sides of every comparison have the same settings; only `wal_level` differs, because the
/// peers need `logical` and we do not.
struct Cluster {
  /// The directory that holds the cluster and its socket.
  let directory: String
  /// `replica`, or `logical` for what decodes the log.
  let walLevel: String

  var data: String { "\(directory)/data" }

  /// What differs from PostgreSQL's defaults, on both sides alike.
  static let settings = [
    ("max_connections", "60"), ("shared_buffers", "512MB"), ("max_wal_size", "4GB"),
    ("checkpoint_timeout", "30min"), ("jit", "off"), ("fsync", "on"),
    ("synchronous_commit", "on"), ("full_page_writes", "on"), ("autovacuum", "on"),
  ]

  /// Makes it.
  func make() throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    if Self.isRoot { try Program.run(["chown", "postgres:postgres", directory]) }
    try Program.run(
      [
        "\(Program.postgres)/initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8",
        "--locale=C", "--data-checksums", "--no-instructions", "--no-sync",
      ], as: .postgres)
    let own = [
      ("listen_addresses", "''"), ("unix_socket_directories", "'\(directory)'"),
      ("wal_level", walLevel), ("log_min_messages", "warning"),
    ]
    let lines = (Self.settings + own).map { "\($0.0) = \($0.1)" }.joined(separator: "\n")
    let path = "\(data)/postgresql.conf"
    guard let file = FileHandle(forWritingAtPath: path) else {
      throw BenchError("\(path) cannot be written")
    }
    try file.seekToEnd()
    try file.write(contentsOf: Data("\n\(lines)\n".utf8))
    try file.close()
  }

  /// Starts it; what is only prepared and not measured may go without fsync.
  func start(isMeasured: Bool = true) throws {
    let options = isMeasured ? "" : "-c fsync=off"
    let command = [
      "\(Program.postgres)/pg_ctl", "start", "-s", "-w", "-D", data, "-l",
      "\(directory)/server.log", "-o", options,
    ]
    try Program.run(Program.leavingServer(command), as: .postgres)
  }

  /// Stops it in good order; nothing when it does not run.
  func stop() throws {
    guard FileManager.default.fileExists(atPath: "\(data)/postmaster.pid") else { return }
    let control = "\(Program.postgres)/pg_ctl"
    // The file of one that was killed stays.
    guard (try? Program.run([control, "status", "-D", data], as: .postgres)) != nil else { return }
    try Program.run([control, "stop", "-s", "-w", "-m", "fast", "-D", data], as: .postgres)
  }

  /// The process of its server.
  func pid() throws -> Int32 {
    let bytes = FileManager.default.contents(atPath: "\(data)/postmaster.pid") ?? Data()
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first
    guard let pid = line.flatMap({ Int32($0) }) else { throw BenchError("\(data) is not served") }
    return pid
  }

  /// The words that begin a psql.
  func psql(_ database: String) -> [String] {
    [
      "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", directory, "-U", "postgres", "-d", database,
    ]
  }

  /// Runs statements as the superuser and gives what they printed, without the last line feed.
  @discardableResult
  func sql(_ statements: String, in database: String) throws -> String {
    try Program.run(psql(database), input: statements)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What `libpq` is told to reach a database as its superuser.
  func connection(_ database: String) -> String {
    "host=\(directory) user=postgres dbname=\(database)"
  }

  private static var isRoot: Bool { NSUserName() == "root" }
}
