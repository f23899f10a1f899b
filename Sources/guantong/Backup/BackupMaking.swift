import FoundationEssentials
import Ledger
import Logging
import Node
import Office
import Replica
import SystemPackage

/// Makes a backup of a node, which may go on working meanwhile.
struct BackupMaking {
  /// What becomes of the keys.
  enum Keys {
    case none
    case clear
    case sealed(passphrase: String)
  }

  let settings: Settings
  let keys: Keys

  /// Writes a new folder below `parent` and gives it.
  func make(in parent: String) async throws -> ShownBackup {
    let cluster = try await settings.embeddedCluster()
    let now = TransportTime.systemTimestamp
    let folder = BackupFolder("\(parent)/\(settings[.agency])-\(now.inFileNames)")
    let draft = BackupFolder("\(folder.path).part")
    let manager = FileManager.default
    guard !manager.fileExists(atPath: folder.path) else {
      throw OfficeError(.file, ["path": folder.path, "detail": "file.unmakable"])
    }
    try? manager.removeItem(atPath: draft.path)
    do {
      try Self.makeClosed(draft.path)
      let manifest = try await written(to: draft, of: cluster, at: now)
      try manager.moveItem(atPath: draft.path, toPath: folder.path)
      return ShownBackup(folder, manifest)
    } catch {
      try? manager.removeItem(atPath: draft.path)
      throw error
    }
  }

  private func written(
    to draft: BackupFolder, of cluster: EmbeddedCluster, at now: Timestamp
  ) async throws -> BackupManifest {
    let files = settings.files
    let key = try AgencyKeyFile.key(
      pem: try SecretFile.text(at: files.agencyKey), path: files.agencyKey)
    let identity = try await dumped(to: draft.file(BackupManifest.database), of: cluster)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: draft.file(BackupManifest.database))
    let configuration = try Data(contentsOf: URL(filePath: settings.file))
    try FileOutput.create(
      Array(configuration), at: draft.file(BackupManifest.configuration), mode: .ownerReadWrite)
    let kind = try await writeKeys(to: draft)
    var described: [BackupManifest.File] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: draft.path).sorted() {
      described.append(try await draft.described(name))
    }
    let manifest = BackupManifest(
      agency: identity.agency, fingerprint: Fingerprint.of(key.publicKey),
      directory: identity.directory, createdAt: now.description,
      schemaVersion: identity.schemaVersion, postgres: identity.serverVersion,
      changeSets: identity.changeSets, keys: kind, files: described)
    try FileOutput.create(
      try JSONValue(encoding: manifest).encoded(indented: true) + [0x0A],
      at: draft.file(BackupManifest.name), mode: .ownerReadWrite)
    return manifest
  }

  /// Dumps the database, whose cluster is started for the time when the node does not run.
  private func dumped(
    to path: String, of cluster: EmbeddedCluster
  ) async throws -> DatabaseIdentity {
    let work: @Sendable () async throws -> DatabaseIdentity = {
      guard let identity = try await cluster.identity() else {
        throw OfficeError(.notInitialised, ["path": cluster.dataDirectory])
      }
      try await cluster.dump(to: path)
      return identity
    }
    if try await cluster.isAnswering() { return try await work() }
    guard FileManager.default.fileExists(atPath: "\(cluster.dataDirectory)/PG_VERSION") else {
      throw OfficeError(.notInitialised, ["path": cluster.dataDirectory])
    }
    try await cluster.prepare()
    return try await cluster.whileRunning(work)
  }

  private func writeKeys(to draft: BackupFolder) async throws -> BackupManifest.Keys {
    switch keys {
    case .none: return .none
    case .clear:
      try FileOutput.create(
        try KeyFiles(reading: settings.files.keys).encoded(),
        at: draft.file(BackupManifest.clearKeys), mode: .ownerReadWrite)
      return .clear
    case .sealed(let passphrase):
      let sealed = try await KeyFiles(reading: settings.files.keys).sealed(
        by: passphrase, for: settings[.agency])
      try FileOutput.create(
        sealed, at: draft.file(BackupManifest.sealedKeys), mode: .ownerReadWrite)
      return .sealed
    }
  }

  private static func makeClosed(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    } catch {
      throw OfficeError(.file, ["path": path, "detail": "file.unmakable"])
    }
  }
}

extension Settings {
  /// The cluster of the node; a database of one's own has tools of its own.
  func embeddedCluster() async throws -> EmbeddedCluster {
    guard self[.databaseURL].isEmpty else {
      throw OfficeError(.ownDatabase, ["key": SettingKey.databaseURL.rawValue])
    }
    return try await EmbeddedCluster(nodeDirectory: files.directory, logger: .quiet)
  }
}

extension Logger {
  /// For commands, which say themselves what failed.
  static var quiet: Logger { Logger(label: "guantong") { _ in SwiftLogNoOpLogHandler() } }
}

extension Timestamp {
  /// The second it is in, as names of files have it: `20261123T130511Z`.
  var inFileNames: String {
    description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }
}
