import FoundationEssentials
import Office

/// What a backup says of itself: the file `manifest.json` in its folder.
struct BackupManifest: Codable {
  /// What became of the node's keys.
  enum Keys: String, Codable {
    /// They are not in it.
    case none
    /// They are in it, readable to whoever has the file.
    case clear
    /// They are in it, sealed by a passphrase.
    case sealed
  }

  /// One file of the folder.
  struct File: Codable {
    /// Its name.
    var name: String
    /// Its size.
    var bytes: Int
    /// SHA-256 of its bytes.
    var sha256: String
  }

  /// Names this shape and its version.
  var schema = Self.shape
  /// The agency whose node it was made of.
  var agency: String
  /// First 16 hex digits of SHA-256 of the agency's public key.
  var fingerprint: String
  /// The id of the directory's first change set; null when the node had joined none.
  var directory: String?
  /// When the database was read.
  var createdAt: String
  /// The version of the program.
  var version: String
  /// The version of the database's schema.
  var schemaVersion: Int
  /// The version of PostgreSQL, such as 150018.
  var postgres: Int
  /// How many change sets were stored just before the database was read.
  var changeSets: Int
  /// What became of the keys.
  var keys: Keys
  /// The other files of the folder.
  var files: [File]

  /// The name of the shape.
  static let shape = "guantong.backup-manifest/v1"
  /// The name of the file.
  static let name = "manifest.json"
  /// The database.
  static let database = "database.dump"
  /// The configuration of the node.
  static let configuration = "guantong.yaml"
  /// The keys, sealed.
  static let sealedKeys = "keys.sealed"
  /// The keys in clear.
  static let clearKeys = "keys.json"

  /// A manifest is under 1 KiB; sixty times that is no manifest.
  static let bytesMax = 64 * 1024

  /// Reads a manifest; nil for bytes that are none.
  init?(parsing bytes: [UInt8]) {
    guard bytes.count <= Self.bytesMax,
      let read = try? JSONValue(parsing: bytes).decoded(as: BackupManifest.self),
      read.schema == Self.shape, read.isLawful
    else { return nil }
    self = read
  }

  /// Fills the fields.
  init(
    agency: String, fingerprint: String, directory: String?, createdAt: String, schemaVersion: Int,
    postgres: Int, changeSets: Int, keys: Keys, files: [File]
  ) {
    self.agency = agency
    self.fingerprint = fingerprint
    self.directory = directory
    self.createdAt = createdAt
    version = Build.version
    self.schemaVersion = schemaVersion
    self.postgres = postgres
    self.changeSets = changeSets
    self.keys = keys
    self.files = files
  }

  /// The size of all files together.
  var bytes: Int { files.map(\.bytes).reduce(0, +) }

  /// Names no file twice and none outside the folder, and has those that it needs.
  private var isLawful: Bool {
    let names = files.map(\.name)
    var needed: Set<String> = [Self.database, Self.configuration]
    switch keys {
    case .none: break
    case .clear: needed.insert(Self.clearKeys)
    case .sealed: needed.insert(Self.sealedKeys)
    }
    return names.count == needed.count && Set(names) == needed
      && files.allSatisfy { $0.bytes >= 0 && $0.bytes < 1 << 46 }
  }
}
