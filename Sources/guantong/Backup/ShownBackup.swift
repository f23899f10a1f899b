import Office

/// A backup as the commands show it.
struct ShownBackup: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.backup/v1"
  /// Its folder.
  var path: String
  /// The agency whose node it was made of; null when its manifest cannot be read.
  var agency: String?
  /// First 16 hex digits of SHA-256 of the agency's public key.
  var fingerprint: String?
  /// The id of the directory's first change set.
  var directory: String?
  /// When the database was read.
  var createdAt: String?
  /// The version of the program.
  var version: String?
  /// The version of the database's schema.
  var schemaVersion: Int?
  /// The version of PostgreSQL.
  var postgres: Int?
  /// How many change sets it stores at least.
  var changeSets: Int?
  /// The size of its files.
  var bytes: Int?
  /// None, clear or sealed.
  var keys: String?
  /// Whether every byte was compared with the manifest.
  var verified = false
  /// Whether its database was loaded into a scratch cluster and counted.
  var tried = false
  /// What is wrong with it; null when nothing is known to be.
  var reason: String?

  /// Shows a manifest.
  init(_ folder: BackupFolder, _ manifest: BackupManifest) {
    path = folder.path
    agency = manifest.agency
    fingerprint = manifest.fingerprint
    directory = manifest.directory
    createdAt = manifest.createdAt
    version = manifest.version
    schemaVersion = manifest.schemaVersion
    postgres = manifest.postgres
    changeSets = manifest.changeSets
    bytes = manifest.bytes
    keys = manifest.keys.rawValue
  }

  /// Shows a folder whose manifest cannot be read.
  init(damaged folder: BackupFolder, reason: String) {
    path = folder.path
    self.reason = reason
  }

  func page(_ words: Words) -> Page {
    var page = Page()
    page.line("\(words.sign(.right)) \(words("backup.whole", ["path": path]))", .good)
    if tried { page.line(words("backup.tried")) }
    page.line("\(words.sign(.warning)) \(words("backup.keys.\(keys ?? "none")"))", .warning)
    page.line("\(words.sign(.warning)) \(words("backup.readable"))", .warning)
    page.blocks.append(
      words.fields([
        "path": Table.Cell(path, shown: ""), "agency": Table.Cell(agency ?? ""),
        "fingerprint": Table.Cell(fingerprint ?? ""), "directory": Table.Cell(directory ?? ""),
        "created_at": Table.Cell(createdAt ?? "", shown: LocalTime.clock(createdAt ?? "")),
        "change_sets": Table.Cell(changeSets.map { "\($0)" } ?? ""),
        "bytes": Table.Cell(bytes.map { "\($0)" } ?? ""),
        "keys": words.code("backupKeys", keys),
        "version": Table.Cell(version ?? ""),
      ]))
    return page
  }
}

/// The backups below a folder.
struct ShownBackups: Codable, Pageable {
  /// Names this shape and its version.
  var schema = "guantong.backups/v1"
  /// The backups, the newest first.
  var backups: [ShownBackup]
  /// Whether the list is cut.
  var truncated = false

  func page(_ words: Words) -> Page {
    var page = Page()
    page.blocks.append(
      .table(
        Table(
          columns: words.columns(
            "created_at", "agency", "change_sets#", "bytes#", "keys", "path", "reason"),
          rows: backups.map { backup in
            [
              Table.Cell(
                backup.createdAt ?? "", shown: LocalTime.clock(backup.createdAt ?? "")),
              Table.Cell(backup.agency ?? ""),
              Table.Cell(backup.changeSets.map { "\($0)" } ?? ""),
              Table.Cell(backup.bytes.map { "\($0)" } ?? ""),
              words.code("backupKeys", backup.keys), Table.Cell(backup.path),
              Table.Cell(backup.reason ?? "", style: .bad),
            ]
          })))
    return page
  }
}
