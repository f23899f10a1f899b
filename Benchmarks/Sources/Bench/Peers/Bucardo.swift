import Foundation

/// Bucardo, a multi-master replication by triggers, between two private clusters.
struct Bucardo {
  let tables: PeerTables
  /// Where its logs and its process id go.
  let directory: String

  /// Its version; nil where it is not installed.
  static let version: String? = {
    let said = try? Program.run(["bucardo", "--version"])
    return said?.split(whereSeparator: \.isWhitespace).last.map(String.init)
  }()

  /// What installs it.
  static let installation =
    "apt-get install --no-install-recommends bucardo postgresql-plperl-15"

  /// Makes its own database at the source, and a sync of the tables.
  func attach() throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let source = tables.source
    try source.sql("CREATE ROLE bucardo SUPERUSER LOGIN;", in: "postgres")
    try source.sql("CREATE DATABASE bucardo OWNER bucardo;", in: "postgres")
    try tables.target.sql("CREATE ROLE bucardo SUPERUSER LOGIN;", in: "postgres")
    let schema = "/usr/share/bucardo/bucardo.schema"
    try Program.run(
      ["psql", "-XAtq", "-h", source.directory, "-U", "bucardo", "-d", "bucardo", "-f", schema])
    for (name, cluster) in [("source", source), ("target", tables.target)] {
      try ask([
        "add", "db", name, "dbname=\(tables.database)", "host=\(cluster.directory)",
        "user=bucardo", "port=5432",
      ])
    }
    try ask([
      "set", "piddir=\(directory)", "log_conflict_file=\(directory)/conflict",
      "reason_file=\(directory)/reason", "warning_file=\(directory)/warning",
    ])
    try ask(["add", "table"] + PeerTables.tables + ["db=source", "relgroup=bench"])
    try ask(["add", "sync", "bench", "relgroup=bench", "dbs=source:source,target:target"])
  }

  /// One catch-up: seconds from the start of its daemon until all is visible.
  func catchUp() throws -> Sample {
    try tables.clear()
    // The delta and track tables of earlier runs: their rows are gone.
    try tables.source.sql(Self.forgetting, in: tables.database)
    try tables.fill()
    let arrival = try Arrival(
      of: (tables.source, tables.database), at: tables.target, tables.database)
    do {
      // It begins with what waits, by itself.
      let seconds = try arrival.time { try ask(["start"]) }
      try stop()
      return Sample(seconds: seconds, isEqual: try tables.areEqual())
    } catch {
      try? stop()
      throw error
    }
  }

  /// Stops its daemon and waits until none of its processes has a connection.
  private func stop() throws {
    try ask(["stop"])
    let question = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'bucardo';"
    try Program.wait("Bucardo stops") {
      try tables.source.sql(question, in: "postgres") == "0"
    }
  }

  private static let forgetting = """
    DO $$ DECLARE place record; BEGIN
      FOR place IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'bucardo' AND tablename ~ '^(delta|track|stage)_'
      LOOP EXECUTE format('TRUNCATE bucardo.%I', place.tablename); END LOOP;
    END $$;
    """

  private func ask(_ words: [String]) throws {
    let command =
      [
        "bucardo", "--no-bucardorc", "-h", tables.source.directory, "-p", "5432", "-U", "bucardo",
        "-d", "bucardo", "--log-destination", directory,
      ] + words
    // Its daemon keeps the outputs that it is started with.
    let log = "\(directory)/commands.log"
    do {
      let words = ["bash", "-c", "exec \"$@\" >>'\(log)' 2>&1", "bash"] + command
      try Program.run(Program.leavingServer(words))
    } catch {
      throw BenchError("\(error)\nits words are in \(log)")
    }
  }
}
