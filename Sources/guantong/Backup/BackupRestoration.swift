import FoundationEssentials
import Ledger
import Logging
import Node
import Office
import Replica
import SystemPackage

/// Puts the database of a backup in the place of a node's, and the keys that are missing.
///
/// The backup is loaded into a cluster beside the node's, and nothing of the node is touched before
/// that is whole. What was there is moved aside and never removed. The marker is told that the
/// database is older than what was signed, so the node asks its peers before it writes.
struct BackupRestoration {
  let folder: BackupFolder
  let passphraseFile: String?
  let isForced: Bool

  /// Restores the node of the settings.
  func restore(_ settings: Settings) async throws -> RestoredNode {
    let manifest = try await folder.manifest()
    try refuseForeign(manifest, settings)
    guard manifest.schemaVersion <= Schema.newest else {
      throw OfficeError(.versionUnknown, ["version": "\(manifest.schemaVersion)"])
    }
    let cluster = try await settings.embeddedCluster()
    try await folder.check(manifest)
    let keys = try await keys(manifest, settings)
    return try await cluster.whileStopped {
      let beside = try await loaded(beside: settings.files.directory)
      let written = try keys?.write(to: settings.files.keys) ?? []
      let stamp = TransportTime.systemTimestamp.inFileNames
      let before = "\(settings.files.directory)/before-restore-\(stamp)"
      let hadData = FileManager.default.fileExists(atPath: cluster.dataDirectory)
      try await Marker.noteLoss(at: settings.files.marker, in: beside.identity.position)
      try cluster.exchange(with: beside.cluster, keeping: before)
      beside.cluster.removeFiles()
      return RestoredNode(
        agency: manifest.agency, backup: folder.path, config: settings.file,
        before: hadData ? before : nil, changeSets: beside.identity.changeSets,
        keysWritten: written,
        hasKeys: FileManager.default.fileExists(atPath: settings.files.agencyKey))
    }
  }

  /// Loads the database into a scratch cluster that is removed again, and counts.
  func tried() async throws -> Int {
    let path = FileManager.default.temporaryDirectory.path
    let scratch = "\(path)/guantong-trial-\(UInt32.random(in: .min ... .max))"
    let (cluster, identity) = try await loaded(in: scratch)
    cluster.removeFiles()
    return identity.changeSets
  }

  /// Makes the files of a node in a directory that has none: configuration and keys of the backup.
  func begin(in directory: String) async throws {
    let manifest = try await folder.manifest()
    try await folder.check(manifest)
    let files = NodeFiles(directory: directory)
    let text = try await folder.bytes(
      BackupManifest.configuration, atMost: Self.configurationBytesMax)
    _ = try await folder.keys(manifest, passphraseFile: passphraseFile)
    try NodeBlueprint.makeDirectories(files)
    try FileOutput.create(text, at: files.configuration, mode: .ownerReadWrite)
  }

  /// A configuration has eleven keys; a thousand lines of comments find room.
  private static let configurationBytesMax = 64 * 1024

  private func refuseForeign(_ manifest: BackupManifest, _ settings: Settings) throws {
    guard !isForced else { return }
    guard manifest.agency == settings[.agency] else {
      throw OfficeError(
        .foreignBackup, ["theirs": manifest.agency, "ours": settings[.agency]])
    }
    let path = settings.files.agencyKey
    guard FileManager.default.fileExists(atPath: path) else { return }
    let key = try AgencyKeyFile.key(pem: try SecretFile.text(at: path), path: path)
    let ours = Fingerprint.of(key.publicKey)
    guard ours == manifest.fingerprint else {
      throw OfficeError(.foreignBackup, ["theirs": manifest.fingerprint, "ours": ours])
    }
  }

  /// The keys of the backup, when the node's own are missing.
  private func keys(_ manifest: BackupManifest, _ settings: Settings) async throws -> KeyFiles? {
    guard !FileManager.default.fileExists(atPath: settings.files.agencyKey) else { return nil }
    return try await folder.keys(manifest, passphraseFile: passphraseFile)
  }

  private func loaded(
    beside directory: String
  ) async throws -> (cluster: EmbeddedCluster, identity: DatabaseIdentity) {
    try await loaded(in: "\(directory)/restoring")
  }

  private func loaded(
    in directory: String
  ) async throws -> (cluster: EmbeddedCluster, identity: DatabaseIdentity) {
    // What a restore that was interrupted left there is of no use.
    if FileManager.default.fileExists(atPath: directory) {
      let left = try await EmbeddedCluster(nodeDirectory: directory, logger: .quiet)
      try await left.whileStopped { left.removeFiles() }
    }
    let cluster = try await EmbeddedCluster(nodeDirectory: directory, logger: .quiet)
    let dump = folder.file(BackupManifest.database)
    do {
      try await cluster.checkDump(dump)
      try await cluster.prepare()
      let identity = try await cluster.whileRunning { () -> DatabaseIdentity? in
        try await cluster.load(dump)
        return try await cluster.identity()
      }
      guard let identity else {
        throw OfficeError(.integrity, ["detail": "backup.empty", "path": dump])
      }
      return (cluster, identity)
    } catch {
      cluster.removeFiles()
      throw error
    }
  }
}
