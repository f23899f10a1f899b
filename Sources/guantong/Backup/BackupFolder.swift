import Crypto
import FoundationEssentials
import Ledger
import Node
import Office

/// The folder of one backup.
struct BackupFolder {
  /// Where it is.
  let path: String

  /// Names a folder.
  init(_ path: String) {
    self.path = AbsolutePath.of(path)
  }

  /// The path of one of its files.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Reads what it says of itself.
  ///
  /// - Throws: `OfficeError`: `notFound` when there is no backup, `integrity` when it is damaged.
  func manifest() async throws -> BackupManifest {
    guard FileManager.default.fileExists(atPath: file(BackupManifest.name)) else {
      throw OfficeError(.notFound, ["id": path])
    }
    guard
      let manifest = BackupManifest(
        parsing: try await bytes(BackupManifest.name, atMost: BackupManifest.bytesMax))
    else { throw flaw("backup.manifest", BackupManifest.name) }
    return manifest
  }

  /// Compares every file with the manifest, to the last byte.
  func check(_ manifest: BackupManifest) async throws {
    for entry in manifest.files {
      guard FileManager.default.fileExists(atPath: file(entry.name)) else {
        throw flaw("backup.missing", entry.name)
      }
      guard try await described(entry.name).sha256 == entry.sha256 else {
        throw flaw("backup.changed", entry.name)
      }
    }
  }

  /// Size and digest of one of its files, read piece by piece.
  func described(_ name: String) async throws -> BackupManifest.File {
    let file = PlainFile(path: file(name))
    let size = try await file.byteCount()
    var hash = SHA256()
    for offset in stride(from: 0, to: size, by: Self.pieceBytes) {
      hash.update(data: try await file.read(offset, min(Self.pieceBytes, size - offset)))
    }
    return BackupManifest.File(
      name: name, bytes: size, sha256: Hex.encode(Array(hash.finalize())))
  }

  /// The keys in it; nil when it has none.
  ///
  /// - Throws: `OfficeError`: `missingValue` when they are sealed and there is no passphrase,
  ///   `integrity` when they do not open.
  func keys(_ manifest: BackupManifest, passphraseFile: String?) async throws -> KeyFiles? {
    let keys: KeyFiles?
    let name: String
    switch manifest.keys {
    case .none: return nil
    case .clear:
      name = BackupManifest.clearKeys
      keys = KeyFiles(parsing: try await bytes(name, atMost: KeyFiles.bytesMax))
    case .sealed:
      name = BackupManifest.sealedKeys
      guard let passphraseFile else {
        throw OfficeError(.missingValue, ["field": "--passphrase-file"])
      }
      keys = try await KeyFiles.open(
        try await bytes(name, atMost: KeyFiles.bytesMax),
        with: try KeyFiles.passphrase(at: passphraseFile), for: manifest.agency)
    }
    guard let keys else { throw flaw("backup.keys", name) }
    return keys
  }

  /// The bytes of a small file.
  func bytes(_ name: String, atMost limit: Int) async throws -> [UInt8] {
    let file = PlainFile(path: file(name))
    let size = try await file.byteCount()
    guard size <= limit else { throw flaw("backup.changed", name) }
    return size == 0 ? [] : try await file.read(0, size)
  }

  /// Read at once, so that a database of any size takes so much memory.
  private static let pieceBytes = 4 * 1024 * 1024

  private func flaw(_ detail: String, _ name: String) -> OfficeError {
    OfficeError(.integrity, ["detail": detail, "path": file(name)])
  }
}
