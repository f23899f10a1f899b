import Casework
import Exchange
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

/// What a superuser edits behind the node's back, column by column.
@Suite(.database, .tags(.database), .timeLimit(.minutes(15))) struct DamageTests {
  @Test func `security T8 every column derived from the log is named when it is edited`()
    async throws
  {
    try await City.with { city in
      let trail = TrailTests()
      let clue = try await trail.lead(city)
      try await trail.handle(clue, city)
      _ = try await trail.resolve(city)
      var edited: Set<String> = []
      for code in ["420300-FZB", "420322-JW"] {
        let agency = try city[code]
        let admin = Connection(agency.configuration)
        try await admin.statement("SET session_replication_role = replica")
        try await admin.statement(Self.withoutChecks)
        let tables = try await Self.filled(admin)
        for column in 0..<(tables.map(\.columns.count).max() ?? 0) {
          try await edit(column, of: tables.filter { column < $0.columns.count }, agency, admin)
        }
        for edits in Self.ledgerEdits { try await edit(edits, agency, admin) }
        edited.formUnion(tables.map(\.name))
        await admin.close()
      }
      // Tables of sealed parts have the columns of their twins; these have no row in this story.
      let open = Tables.all.map(\.name).filter { !$0.hasPrefix("casework.sealed_") }
      #expect(
        Set(open).subtracting(edited)
          == [
            "casework.attachment", "casework.destruction", "casework.review",
            "casework.secondment", "casework.void",
          ])
    }
  }

  /// The tables that have a row.
  private static func filled(_ admin: Connection) async throws -> [TableSchema] {
    var filled: [TableSchema] = []
    for table in Tables.all {
      let count = try await admin.transaction(.read) { transaction in
        try transaction.value(
          "SELECT count(*) FROM \(unsafeQualifiedIdentifier: table.name)", as: Int.self)
      }
      if let count, count > 0 { filled.append(table) }
    }
    return filled
  }

  /// Edits one column of the first row of every table, and expects each of them to be named.
  private func edit(
    _ column: Int, of tables: [TableSchema], _ agency: Agency, _ admin: Connection
  ) async throws {
    for table in tables {
      let key = SQL.joined(table.key.map { "\(unsafeIdentifier: $0)" }, by: ", ")
      try await admin.statement(
        """
        UPDATE \(unsafeQualifiedIdentifier: table.name)
        SET \(unsafeIdentifier: table.columns[column].name) = \(Self.other(table.columns[column]))
        WHERE ctid = (SELECT ctid FROM \(unsafeQualifiedIdentifier: table.name)
          ORDER BY \(key) LIMIT 1)
        """)
    }
    let found = try await check(agency)
    for table in tables {
      let name = table.columns[column].name
      let rows = found.differing.filter { $0.table == table.name }
      let kinds = Set(rows.map(\.kind))
      let isMoved = table.key.contains(name) || name == "dossier"
      #expect(
        isMoved ? kinds == [.missing, .extra] && rows.count == 2 : rows.map(\.kind) == [.changed],
        "\(table.name).\(name): \(rows)")
    }
    #expect(Set(found.differing.map(\.table)) == Set(tables.map(\.name)))
    #expect(found.holes.isEmpty)
    // A row of a table whose key is without the dossier is back when it is written again.
    let back = tables.count { table in
      table.columns[column].name == "dossier" && !table.key.contains("dossier")
    }
    try await mend(agency, rows: found.differing.count - back)
  }

  /// The same for a row of each table that the store keeps about a dossier beside its log.
  private func edit(
    _ edits: [(table: String, set: SQL)], _ agency: Agency, _ admin: Connection
  ) async throws {
    for (table, change) in edits {
      try await admin.statement(
        """
        UPDATE \(unsafeQualifiedIdentifier: table) SET \(change)
        WHERE ctid = (SELECT max(ctid) FROM \(unsafeQualifiedIdentifier: table))
        """)
    }
    let found = try await check(agency)
    #expect(found.differing.map(\.table).sorted() == edits.map(\.table).sorted())
    #expect(found.differing.allSatisfy { $0.kind == .changed } && found.holes.isEmpty)
    try await mend(agency, rows: edits.count)
  }

  private func mend(_ agency: Agency, rows: Int) async throws {
    let mended = try await check(agency, repairs: true)
    #expect(mended.isConsistent, "\(mended.differing) \(mended.holes)")
    #expect(mended.repaired == rows)
  }

  private func check(_ agency: Agency, repairs: Bool = false) async throws -> SelfCheckReport {
    try await SelfChecking(repairs: repairs).run(
      over: agency.store, now: { .sample }, ask: { _, _ in FetchAnswer() })
  }

  /// A value of the column's type that the row does not have.
  private static func other(_ column: TableSchema.Column) -> SQL {
    let name: SQL = "\(unsafeIdentifier: column.name)"
    return switch column.type {
    case .text: "coalesce(\(name), '') || 'x'"
    case .int: "coalesce(\(name), 0) + 1000"
    case .bool: "NOT coalesce(\(name), false)"
    case .uuid: "gen_random_uuid()"
    case .bytes: "sha256(coalesce(\(name), ''))"
    case .date: "coalesce(\(name), '2000-01-01') + 1"
    case .timestamp: "coalesce(\(name), '2000-01-01') + interval '1 second'"
    case .textArray: "array_append(coalesce(\(name), '{}'), 'x')"
    }
  }

  private static let ledgerEdits: [[(table: String, set: SQL)]] = [
    [
      ("ledger.change_set", "author = author || 'X'"), ("ledger.chain", "sequence = sequence + 1"),
      ("ledger.dossier", "members = array_append(members, '990000-X')"),
    ],
    [
      ("ledger.change_set", "sequence = sequence + 1"), ("ledger.chain", "head = sha256(head)"),
      ("ledger.dossier", "excluded = array_append(excluded, '990000-X')"),
    ],
    [
      ("ledger.change_set", "authored_at = authored_at + interval '1 second'"),
      ("ledger.chain", "key = sha256(key)"),
      ("ledger.dossier", "former = array_append(former, '990000-X')"),
    ],
    [("ledger.dossier", "item = sha256(item)")],
    [("ledger.dossier", "change_sets = change_sets + 1")],
    [("ledger.dossier", "needs_upgrade = NOT needs_upgrade")],
    [("ledger.dossier", "heads = '{}'")],
  ]

  /// A superuser can take every check of the schema away.
  private static let withoutChecks: SQL = """
    DO $$ DECLARE c record; BEGIN
      FOR c IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
        WHERE contype = 'c' AND connamespace IN ('casework'::regnamespace, 'ledger'::regnamespace)
      LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.place, c.conname);
      END LOOP;
    END $$
    """
}
