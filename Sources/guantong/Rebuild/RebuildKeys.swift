import FoundationEssentials
import Node
import Office

/// The keys with which a node is rebuilt, wherever they are: its own folder, a folder of files, the
/// folder of a backup, or the file of the keys out of one.
struct RebuildKeys {
  /// The files.
  let keys: KeyFiles
  /// The agency; nil where only the command line can name it.
  let agency: String?
  /// The pinned directory; nil where only the command line can name it.
  let directory: String?
  /// The configuration of the backup.
  let configuration: [UInt8]?

  /// Without these nobody knows the node: it signs with the first, and peers know the others.
  static let needed = ["agency.pem", "tls.pem", "tls.crt"]

  /// Reads them.
  ///
  /// - Throws: `OfficeError` when they are missing, damaged or sealed without a passphrase;
  ///   `NodeError` for files that others can read.
  init(at path: String, agency: String?, passphraseFile: String?) async throws {
    let path = AbsolutePath.of(path)
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw OfficeError(.notFound, ["id": path])
    }
    let manifest = "\(path)/\(BackupManifest.name)"
    if isFolder, FileManager.default.fileExists(atPath: manifest) {
      try await self.init(backup: BackupFolder(path), passphraseFile: passphraseFile)
    } else if isFolder {
      try self.init(KeyFiles(reading: path), at: path, agency: agency)
    } else {
      let keys = try await Self.file(path, agency: agency, passphraseFile: passphraseFile)
      try self.init(keys, at: path, agency: agency)
    }
  }

  private init(backup folder: BackupFolder, passphraseFile: String?) async throws {
    let manifest = try await folder.manifest()
    // The dump may be lost or damaged: that is why the node is rebuilt.
    let used = [
      BackupManifest.configuration, BackupManifest.sealedKeys, BackupManifest.clearKeys,
    ]
    for entry in manifest.files where used.contains(entry.name) {
      guard FileManager.default.fileExists(atPath: folder.file(entry.name)),
        try await folder.described(entry.name).sha256 == entry.sha256
      else {
        throw OfficeError(
          .integrity, ["detail": "backup.changed", "path": folder.file(entry.name)])
      }
    }
    guard let keys = try await folder.keys(manifest, passphraseFile: passphraseFile) else {
      throw OfficeError(.file, ["path": folder.path, "detail": "rebuild.keyless"])
    }
    try self.init(
      keys, at: folder.path, agency: manifest.agency, directory: manifest.directory,
      configuration: try await folder.bytes(
        BackupManifest.configuration, atMost: KeyFiles.bytesMax))
  }

  private init(
    _ keys: KeyFiles, at path: String, agency: String?, directory: String? = nil,
    configuration: [UInt8]? = nil
  ) throws {
    let names = Set(keys.files.map(\.name))
    guard names.isSuperset(of: Self.needed) else {
      throw OfficeError(.file, ["path": path, "detail": "rebuild.keyless"])
    }
    self.keys = keys
    self.agency = agency
    self.directory = directory
    self.configuration = configuration
  }

  private static func file(
    _ path: String, agency: String?, passphraseFile: String?
  ) async throws -> KeyFiles {
    let file = PlainFile(path: path)
    let size = try await file.byteCount()
    let bytes = size > 0 && size <= KeyFiles.bytesMax ? try await file.read(0, size) : []
    if let clear = KeyFiles(parsing: bytes) { return clear }
    guard let agency else { throw OfficeError(.missingValue, ["field": "--agency"]) }
    guard let passphraseFile else {
      throw OfficeError(.missingValue, ["field": "--passphrase-file"])
    }
    let passphrase = try KeyFiles.passphrase(at: passphraseFile)
    guard let sealed = try await KeyFiles.open(bytes, with: passphrase, for: agency) else {
      throw OfficeError(.integrity, ["detail": "backup.keys", "path": path])
    }
    return sealed
  }

  /// The text of one of the files.
  func text(_ name: String) -> String {
    keys.files.first { $0.name == name }?.text ?? ""
  }
}
