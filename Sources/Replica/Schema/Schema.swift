package import Postgres

/// Brings a database to the schema of this version.
package enum Schema {
  /// What a migration run did.
  package struct Outcome: Sendable, Equatable {
    /// The version found; 0 in an empty database.
    package let before: Int
    /// The version reached.
    package let after: Int

    /// Notes both.
    package init(before: Int, after: Int) {
      self.before = before
      self.after = after
    }
  }

  /// The version this program needs.
  package static var newest: Int { Migration.all.last?.version ?? 0 }

  /// Any constant that nobody else takes: the letters "guantong" as a number.
  private static let lock: Int64 = 0x6775_616E_746F_6E67

  /// Applies the migrations that are missing, all in one transaction, behind an advisory lock.
  ///
  /// Connect as the role that owns the schemas (`guantong_owner`; in a database of your own the
  /// one role that connects). It needs CREATE on the database and never superuser.
  /// - Parameter connection: to the database, as that role.
  /// - Returns: the version found and the version reached.
  /// - Throws: ``ReplicaError`` for a database of a newer version, a changed migration or a role
  ///   that may not create schemas.
  @discardableResult
  package static func migrate(_ connection: Connection) async throws -> Outcome {
    try await connection.transaction { transaction in
      try transaction.execute("SELECT pg_advisory_xact_lock(\(lock))")
      let before = try appliedVersion(transaction)
      let missing = Migration.all.filter { $0.version > before }
      if !missing.isEmpty { try checkRight(transaction) }
      for migration in missing {
        try transaction.runScript(unsafeText: migration.sql)
        try transaction.execute(
          """
          INSERT INTO ledger.migration (version, name, checksum)
          VALUES (\(migration.version), \(migration.name), \(migration.checksum))
          """)
      }
      return Outcome(before: before, after: max(before, newest))
    }
  }

  /// The highest version applied, after checking every checksum.
  private static func appliedVersion(_ transaction: borrowing Transaction) throws -> Int {
    let exists = try transaction.value(
      "SELECT to_regclass('ledger.migration') IS NOT NULL", as: Bool.self)
    guard exists == true else { return 0 }
    let rows = try transaction.rows(
      "SELECT version, name, checksum FROM ledger.migration ORDER BY version")
    for (index, row) in rows.enumerated() {
      let (version, name, checksum) = try row.values(Int.self, String.self, [UInt8].self)
      guard version <= newest else {
        throw ReplicaError(
          .newerSchema, object: "migration \(name)",
          reason: "the database was written by a newer version of guantong",
          words: "replica.newerSchema", values: ["newest": "\(newest)"],
          hint: "start the newer version; this one knows the schema up to \(newest)")
      }
      guard version == index + 1, Migration.all[index].checksum == checksum else {
        throw ReplicaError(
          .changedMigration, object: "migration \(name)",
          reason: "is not the one that made this database", words: "replica.changedMigration",
          hint: "start the version that made it, or restore a backup")
      }
    }
    return rows.count
  }

  private static func checkRight(_ transaction: borrowing Transaction) throws {
    let row = try transaction.firstRow(
      """
      SELECT has_database_privilege(current_database(), 'CREATE'), current_user::text,
        current_database()::text
      """)
    guard let row else { return }
    let (mayCreate, role, database) = try row.values(Bool.self, String.self, String.self)
    guard mayCreate else {
      throw ReplicaError(
        .missingRight, object: "database \(database)",
        reason: "role \(role) may not create schemas in it", words: "replica.missingRight",
        values: ["role": role, "database": database],
        hint: "GRANT CREATE ON DATABASE \"\(database)\" TO \"\(role)\"")
    }
  }
}
