import FoundationEssentials
import Glibc
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Replica

/// What of the server's words reaches the node's log, and what the node concludes from them.
@Suite(.timeLimit(.minutes(2))) struct ClusterLogTests {
  /// Keeps the lines of the server.
  private struct Keeping: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.kept.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
  }

  private final class Lines: Sendable {
    let kept = Mutex<[String]>([])
  }

  @Test func `no statement, value or word of a reader reaches the node's log`() async throws {
    let lines = Lines()
    try await Scratch.withDirectory { directory in
      let cluster = try await EmbeddedCluster(
        nodeDirectory: "\(directory)/node",
        logger: Logger(label: "t") { _ in Keeping(lines: lines) })
      try await cluster.prepare()
      let url = cluster.readerURL
      try await cluster.whileRunning {
        let owner = Connection(cluster.configuration(.owner))
        try await owner.statement("CREATE TABLE letter (title text)")
        try await owner.statement("INSERT INTO letter VALUES ('canary-4e1b')")
        try await owner.statement("GRANT SELECT ON letter TO guantong_reader")
        let reader = Connection(try ConnectionConfiguration(parsing: url))
        let attempts: [(statement: SQL, sqlstate: String)] = [
          ("SELECT title::bigint FROM letter", "22P02"),
          ("SELECT 'canary-4e1b: No space left on device'::date", "22007"),
          ("DO $$ BEGIN RAISE LOG 'canary-4e1b: No space left on device'; END $$", "42501"),
          ("SET log_min_messages = debug5", "42501"), ("SET log_statement = 'all'", "42501"),
        ]
        for (statement, sqlstate) in attempts {
          let error = await #expect(throws: PostgresError.self) {
            try await reader.statement(statement)
          }
          #expect(error?.sqlstate == sqlstate, "\(statement)")
        }
        await reader.close()
        await owner.close()
      }
    }
    let said = lines.kept.withLock { $0 }
    #expect(said.contains { $0.contains("database system is ready") }, "\(said)")
    #expect(!said.contains { $0.contains("canary") }, "\(said)")
    #expect(!said.contains { $0.contains("No space left") }, "\(said)")
  }

  @Test(
    arguments: [
      ("FATAL:  could not write lock file \"postmaster.pid\": No space left on device", true),
      ("PANIC:  could not write to file \"pg_wal/xlogtemp.9\": No space left on device", true),
      ("LOG:  could not write temporary statistics file: No space left on device", true),
      ("initdb: error: could not write file \"x\": No space left on device", true),
      ("2026-01-01 00:00:00 UTC [9] FATAL:  could not write: No space left on device", true),
      ("FATAL:  could not extend file \"b/9\": wrote only 4096 of 8192 bytes at block 0", true),
      ("PANIC:  could not write block 0 in file \"base/1/9\": wrote only 4096 of 8192 bytes", true),
      ("FATAL:  database \": wrote only 1 of 2 bytes\" does not exist", false),
      ("ERROR:  date out of range: \"x\": wrote only 1 of 2 bytes", false),
      ("ERROR:  invalid input syntax for type bigint: No space left on device", false),
      ("FATAL:  database \": No space left on device\" does not exist", false),
      ("FATAL:  terminating connection due to administrator command", false),
    ] as [(String, Bool)])
  func `only the server's own word makes a disk full`(line: String, isFull: Bool) {
    var log = ClusterLog()
    log.append("LOG:  starting PostgreSQL")
    log.append(line)
    #expect(log.isDiskFull == isFull)
    #expect((log.explanation(of: "data", in: "/nowhere").code == .diskFull) == isFull)
  }

  @Test(.enabled(if: geteuid() == 0))
  func `an end without a word of the disk is told as a full disk where there is no room`()
    async throws
  {
    var log = ClusterLog()
    log.append("PANIC:  cannot abort transaction 1, it was already committed")
    try await Scratch.withDirectory { directory in
      try await FullDisk.withSmallDisk(at: "\(directory)/disk", megabytes: 4) { disk in
        #expect(log.explanation(of: "data", in: disk).code == .clusterFailed)
        try Data(count: 3_500 * 1_024).write(to: URL(filePath: "\(disk)/file"))
        #expect(log.explanation(of: "data", in: disk).code == .diskFull)
      }
    }
  }
}
