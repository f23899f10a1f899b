import Exchange
import FoundationEssentials
import Postgres
import Replica
import TestSupport
import Testing

/// The migrations, the files they come from, and the readable schema.
@Suite(.timeLimit(.minutes(5)))
struct MigrationTests {
  @Test(arguments: Migration.all)
  func `a migration in the program is the file in Schema-sql`(_ migration: Migration) throws {
    let path = "\(Repository.root)/Schema/sql/\(migration.name).sql"
    let file = try #require(FileManager.default.contents(atPath: path))
    if ProcessInfo.processInfo.environment["REWRITE"] == "1" {
      let target = "\(Repository.root)/Sources/Replica/Migrations/\(migration.name).swift"
      let text = Self.embedded(migration, String(decoding: file, as: UTF8.self))
      try Data(text.utf8).write(to: URL(filePath: target))
      return
    }
    #expect(migration.sql == String(decoding: file, as: UTF8.self))
  }

  private static func embedded(_ migration: Migration, _ sql: String) -> String {
    let lines = sql.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    let number = migration.name.prefix(5)
    return """
      extension Migration {
        /// The file `Schema/sql/\(migration.name).sql`; `REWRITE=1` makes this one of it.
        static let \(number) = Migration(
          \(migration.version), "\(migration.name)",
          #\"\"\"
      \(body)
          \"\"\"#)
      }

      """
  }

  @Test func `migrations are numbered from 1 without gaps and no file is forgotten`() throws {
    #expect(Migration.all.map(\.version) == Array(1...Migration.all.count))
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(Repository.root)/Schema/sql")
    let names = files.filter { $0.hasPrefix("v") && $0.hasSuffix(".sql") }.map { $0.dropLast(4) }
    #expect(names.sorted() == Migration.all.map { $0.name[...] })
  }

  @Test(.emptyDatabase) func `an empty database gets every migration once`() async throws {
    let connection = Connection(try TestDatabase.configuration)
    let first = try await Schema.migrate(connection)
    #expect(first == Schema.Outcome(before: 0, after: Schema.newest))
    let second = try await Schema.migrate(connection)
    #expect(second == Schema.Outcome(before: Schema.newest, after: Schema.newest))
    await connection.close()
  }

  @Test(.emptyDatabase) func `several at once migrate once`() async throws {
    let configuration = try TestDatabase.configuration
    let outcomes = try await withThrowingTaskGroup(of: Schema.Outcome.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let connection = Connection(configuration)
          let outcome = try await Schema.migrate(connection)
          await connection.close()
          return outcome
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.filter { $0.before == 0 }.count == 1)
  }

  @Test(.database) func `a database of a newer version is refused and unchanged`() async throws {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement(
      """
      INSERT INTO ledger.migration (version, name, checksum)
      VALUES (\(Schema.newest + 1), 'v9999_future', decode(repeat('00', 32), 'hex'))
      """)
    let error = await #expect(throws: ReplicaError.self) { try await Schema.migrate(connection) }
    #expect(error?.code == .newerSchema)
    await connection.close()
  }

  @Test(.database) func `a migration changed since is refused`() async throws {
    let connection = Connection(try TestDatabase.configuration)
    try await connection.statement(
      "UPDATE ledger.migration SET checksum = sha256('other') WHERE version = 1")
    let error = await #expect(throws: ReplicaError.self) { try await Schema.migrate(connection) }
    #expect(error?.code == .changedMigration)
    #expect(error?.object == "migration v0001_ledger")
    await connection.close()
  }

  @Test(.emptyDatabase) func `a role without CREATE is told what it lacks`() async throws {
    let admin = Connection(try TestDatabase.configuration)
    try await admin.statement(
      """
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'powerless') THEN
          CREATE ROLE powerless LOGIN;
        END IF;
      END; $$
      """)
    let connection = Connection(try TestDatabase.configuration.with(user: "powerless"))
    let error = await #expect(throws: ReplicaError.self) { try await Schema.migrate(connection) }
    #expect(error?.code == .missingRight)
    #expect(error?.hint?.hasPrefix("GRANT CREATE ON DATABASE") == true)
    await connection.close()
    await admin.close()
  }

  @Test(.emptyDatabase) func `a role with CREATE that is no superuser migrates its own database`()
    async throws
  {
    let admin = Connection(try TestDatabase.configuration)
    let name = try #require(try TestDatabase.configuration.keywords["dbname"])
    try await admin.statement("CREATE ROLE \(unsafeIdentifier: "own_\(name)") LOGIN")
    try await admin.statement(
      "GRANT CREATE ON DATABASE \(unsafeIdentifier: name) TO \(unsafeIdentifier: "own_\(name)")")
    let connection = Connection(try TestDatabase.configuration.with(user: "own_\(name)"))
    #expect(try await Schema.migrate(connection).after == Schema.newest)
    await connection.close()
    let store = PostgresStore(try TestDatabase.configuration.with(user: "own_\(name)"))
    _ = try await SampleNode(store, SampleAgency("A")).found()
    #expect(try await store.read(SelfCheck(after: nil)).report.rowsChecked > 0)
    await store.close()
    try await admin.statement("DROP OWNED BY \(unsafeIdentifier: "own_\(name)")")
    try await admin.statement("DROP ROLE \(unsafeIdentifier: "own_\(name)")")
    await admin.close()
  }
}
