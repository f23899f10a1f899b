import Exchange
import Foundation
import Ledger
import Postgres
import Replica
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Databases as each released schema left them, brought to the schema of this version.
///
/// The fixtures are dumps of a registrar's database with one dossier, one for each migration:
/// `REWRITE=1 deploy/test --only UpgradeTests` makes those that are not there yet, with the
/// `pg_dump` of the test cluster. One that is there is never made anew: it is what was released.
@Suite(.timeLimit(.minutes(5))) struct UpgradeTests {
  private static let folder = "Tests/ReplicaTests/Fixtures"

  @Test(.emptyDatabase, arguments: Migration.all)
  func `scenario S17 a database of every released schema becomes one of this version`(
    _ released: Migration
  ) async throws {
    let configuration = try TestDatabase.configuration
    guard ProcessInfo.processInfo.environment["REWRITE"] != "1" else {
      return try await make(released)
    }
    let dump = try #require(Repository.text("\(Self.folder)/\(released.name).sql"))
    let loading = Connection(configuration)
    try await loading.transaction { try $0.runScript(unsafeText: dump) }
    // The dump empties the search path of its session.
    await loading.close()
    let connection = Connection(configuration)
    let before = try await log(connection)
    #expect(before.count == 3)
    let outcome = try await Schema.migrate(connection)
    #expect(outcome == Schema.Outcome(before: released.version, after: Schema.newest))
    #expect(try await log(connection) == before)
    await connection.close()
    // The node record came with the second migration; without it nothing has ever been served.
    guard released.version >= 2 else { return }
    let node = SampleNode(PostgresStore(configuration), SampleAgency("A"))
    _ = try await check(node, repairs: true)
    #expect(try await check(node, repairs: false).isConsistent)
    let dossier = try #require(before.dropFirst().first?.dossier)
    #expect(try await node.append(dossier, [Part()]).header.sequence == 2)
    await node.store.close()
  }

  @Test(.emptyDatabase) func `sealed rows of schema 14 get the key that the fold gives them`()
    async throws
  {
    let configuration = try TestDatabase.configuration
    let dump = try #require(Repository.text("\(Self.folder)/v0014_chain_keys.sql"))
    let loading = Connection(configuration)
    try await loading.transaction { try $0.runScript(unsafeText: dump) }
    await loading.close()
    let connection = Connection(configuration)
    try await connection.statement(
      """
      INSERT INTO casework.sealed_attachment
        (dossier, author, document, position, name, size, salt, root, audience)
      SELECT id, '420300-FZB', gen_random_uuid(), 0, 'a', 1, '', '',
        ARRAY['420300-FZB', '420300-JW']
      FROM ledger.dossier LIMIT 1
      """)
    try await Schema.migrate(connection)
    let (hash, definition) = try await connection.transaction(.read) { transaction in
      (
        try transaction.value(
          "SELECT audience_hash FROM casework.sealed_attachment", as: Hash256.self),
        try transaction.value(
          """
          SELECT pg_get_constraintdef(oid) FROM pg_constraint
          WHERE conname = 'sealed_attachment_pkey'
          """, as: String.self)
      )
    }
    #expect(hash == Hash256.sha256(Array("420300-FZB,420300-JW".utf8)))
    #expect(definition == "PRIMARY KEY (dossier, author, document, \"position\", audience_hash)")
    await connection.close()
  }

  @Test(.emptyDatabase) func `petitions and surveys of schema 16 are folded again, no others`()
    async throws
  {
    let configuration = try TestDatabase.configuration
    let dump = try #require(Repository.text("\(Self.folder)/v0016_dossier_counts.sql"))
    let loading = Connection(configuration)
    try await loading.transaction { try $0.runScript(unsafeText: dump) }
    await loading.close()
    let connection = Connection(configuration)
    let sealed: SQL = """
      INSERT INTO casework.sealed_result
        (dossier, author, id, change, part, record, authored_at, root, kind, on_date, measures,
          note, status, audience, audience_hash)
      SELECT dossier, home, gen_random_uuid(), '', 1, 0, opened_at, gen_random_uuid(), 'sanction',
        '2023-01-01', '{}', 'kept', 'valid', ARRAY[home], '' FROM casework.dossier
      """
    try await connection.statement(sealed)
    let marked: SQL = "SELECT count(*) FROM ledger.dossier WHERE needs_upgrade"
    let kept: SQL = "SELECT count(*) FROM casework.sealed_result WHERE note = 'kept'"
    func counts() async throws -> [Int?] {
      try await connection.transaction(.read) { transaction in
        [
          try transaction.value(marked, as: Int.self), try transaction.value(kept, as: Int.self),
        ]
      }
    }
    #expect(try await counts() == [0, 1])
    // The other of the two dossiers is the directory, which has no cover.
    try await connection.statement("UPDATE casework.dossier SET kind = 'petition'")
    try await Schema.migrate(connection)
    #expect(try await counts() == [1, 1])
    await connection.close()
  }

  private struct Logged: Hashable {
    let dossier: DossierID
    let header: [UInt8]
    let proof: [UInt8]
    let content: [UInt8]
  }

  private func log(_ connection: Connection) async throws -> [Logged] {
    try await connection.transaction(.read) { transaction in
      try transaction.rows(
        """
        SELECT c.dossier, c.header, c.proof, p.content FROM ledger.change_set AS c
        JOIN ledger.part AS p ON p.change_set = c.id ORDER BY c.position
        """
      ).map { row in
        let (dossier, header, proof, content) = try row.values(
          DossierID.self, [UInt8].self, [UInt8].self, [UInt8].self)
        return Logged(dossier: dossier, header: header, proof: proof, content: content)
      }
    }
  }

  private func check(
    _ node: SampleNode<PostgresStore>, repairs: Bool
  ) async throws -> SelfCheckReport {
    try await SelfChecking(repairs: repairs).run(over: node.store, now: { .sample }) { _, _ in
      throw ExchangeError(.unavailable, "no peer")
    }
  }
}

// MARK: Making the fixtures

extension UpgradeTests {
  /// Dumps a database of a released schema with the rows of today's, as far as its columns go.
  private func make(_ released: Migration) async throws {
    let path = "\(Repository.root)/\(Self.folder)/\(released.name).sql"
    guard !FileManager.default.fileExists(atPath: path) else { return }
    let configuration = try TestDatabase.configuration
    let connection = Connection(configuration)
    try await Schema.migrate(connection)
    let node = SampleNode(PostgresStore(configuration), SampleAgency("A"))
    let directory = try await node.found()
    try await node.append(nil, [Part()])
    let particulars = Particulars(
      signer: node.agency.code, key: node.agency.signatory.key.keyID, version: 1)
    try await node.append(
      directory,
      [
        Part(directory: [
          .particulars(SignedObject(signing: particulars, with: node.agency.signatory.key))
        ])
      ])
    await node.store.close()
    let rows = try await allRows(connection)
    try await connection.statement("DROP SCHEMA ledger, exchange, casework, office CASCADE")
    try await connection.transaction { transaction in
      for migration in Migration.all where migration.version <= released.version {
        try transaction.runScript(unsafeText: migration.sql)
        try transaction.execute(
          """
          INSERT INTO ledger.migration (version, name, checksum)
          VALUES (\(migration.version), \(migration.name), \(migration.checksum))
          """)
      }
      try transaction.execute("SET LOCAL session_replication_role = replica")
      for (table, json) in rows { try Self.insert(json, into: table, transaction) }
    }
    await connection.close()
    let dump = try await Self.dump(configuration)
    try FileManager.default.createDirectory(
      atPath: "\(Repository.root)/\(Self.folder)", withIntermediateDirectories: true)
    try Data(dump.utf8).write(to: URL(filePath: path))
  }

  /// Without those that the schema makes by itself: its migrations, and the sums of dossiers.
  private func allRows(_ connection: Connection) async throws -> [(table: String, json: String)] {
    try await connection.transaction(.read) { transaction in
      let tables = try transaction.rows(
        """
        SELECT schemaname || '.' || tablename FROM pg_tables
        WHERE schemaname IN ('ledger', 'exchange', 'casework', 'office')
          AND tablename NOT IN ('migration', 'audience', 'item_sum', 'dossier_count') ORDER BY 1
        """
      ).map { try $0.value(0, as: String.self) }
      return try tables.compactMap { table in
        let json = try transaction.value(
          "SELECT coalesce(json_agg(t)::text, '') FROM \(unsafeQualifiedIdentifier: table) AS t",
          as: String.self)
        return json.flatMap { $0.isEmpty ? nil : (table, $0) }
      }
    }
  }

  private static func insert(
    _ json: String, into table: String, _ transaction: borrowing Transaction
  ) throws {
    let columns = try transaction.value(
      """
      SELECT coalesce(string_agg(quote_ident(attname), ', '), '') FROM pg_attribute
      WHERE attrelid = to_regclass(\(table)) AND attnum > 0 AND NOT attisdropped
        AND attname IN (SELECT json_object_keys(\(json)::json -> 0))
      """, as: String.self)
    guard let columns, !columns.isEmpty else { return }
    let list = SQL(unsafeText: columns)
    try transaction.execute(
      """
      INSERT INTO \(unsafeQualifiedIdentifier: table) (\(list)) OVERRIDING SYSTEM VALUE
      SELECT \(list) FROM json_populate_recordset(
        NULL::\(unsafeQualifiedIdentifier: table), \(json)::json)
      """)
    let counted = try transaction.rows(
      """
      SELECT attname::text FROM pg_attribute
      WHERE attrelid = to_regclass(\(table)) AND attidentity <> ''
      """
    ).map { try $0.value(0, as: String.self) }
    for column in counted {
      try transaction.execute(
        """
        SELECT setval(pg_get_serial_sequence(\(table), \(column)),
          (SELECT max(\(unsafeIdentifier: column)) FROM \(unsafeQualifiedIdentifier: table)))
        """)
    }
  }

  private static func dump(_ configuration: ConnectionConfiguration) async throws -> String {
    let words = configuration.keywords
    let program = try await PostgresPrograms.find().path("pg_dump")
    let result = try await Subprocess.run(
      .path(FilePath(program)),
      arguments: [
        "-h", words["host"] ?? "", "-U", words["user"] ?? "", "-d", words["dbname"] ?? "",
        "--no-owner", "--no-privileges", "--no-comments", "--inserts",
      ], output: .string(limit: 1 << 22), error: .string(limit: 1 << 16))
    let text = result.standardOutput
    // Lines of psql, and remarks with the versions of the machine that made the dump.
    return text.split(separator: "\n", omittingEmptySubsequences: true)
      .filter { !$0.hasPrefix("\\") && !$0.hasPrefix("--") }.joined(separator: "\n") + "\n"
  }
}
