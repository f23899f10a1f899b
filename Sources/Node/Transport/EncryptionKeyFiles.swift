import Crypto
import FoundationEssentials
package import Ledger
import SystemPackage

/// The X25519 keys of a node as PKCS#8 PEM files (RFC 8410), mode 0600, in the folder of its keys.
///
/// ```
/// encryption.pem                                          the one that is published
/// encryption-3f0c9a1be2d47786-until-2027-11-28.pem        a replaced one, by its id
/// ```
///
/// A replaced key opens what was on its way for a year; after the day in its name it is not read.
package enum EncryptionKeyFiles {
  /// The file of the published key.
  package static let current = "encryption.pem"

  /// The published key and those replaced lately; makes the first when there is none.
  ///
  /// Blocks on the disk: call it at the start, before requests are served.
  ///
  /// - Parameters:
  ///   - folder: the folder of the node's keys.
  ///   - today: the day by the system's clock.
  /// - Returns: the keys.
  /// - Throws: ``NodeError`` for a file that is none, that others can read, or cannot be written.
  package static func read(in folder: String, today: CivilDate) throws -> DecryptionKeys {
    if let keys = try existing(in: folder, today: today) { return keys }
    return DecryptionKeys(current: try make(in: folder), former: try former(in: folder, today))
  }

  /// The keys, without making any; nil when there is no published one.
  ///
  /// - Parameters:
  ///   - folder: the folder of the node's keys.
  ///   - today: the day by the system's clock.
  /// - Returns: the keys.
  /// - Throws: ``NodeError`` for a file that is none, or that others can read.
  package static func existing(in folder: String, today: CivilDate) throws -> DecryptionKeys? {
    let path = "\(folder)/\(current)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return DecryptionKeys(current: try key(at: path), former: try former(in: folder, today))
  }

  private static func former(in folder: String, _ today: CivilDate) throws -> [DecryptionKey] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return try names.sorted().filter { lastDay(of: $0).map { $0 >= today } ?? false }
      .map { try key(at: "\(folder)/\($0)") }
  }

  /// The last day on which a key replaced on a day is read.
  package static func lastDay(after replaced: CivilDate) -> CivilDate {
    replaced.adding(days: daysKept)
  }

  /// Makes a new key and keeps the one before it under its id for a year.
  ///
  /// - Parameters:
  ///   - folder: the folder of the node's keys.
  ///   - today: the day by the system's clock.
  /// - Returns: the new key.
  /// - Throws: ``NodeError`` for a file that is none, or cannot be written.
  @discardableResult
  package static func replace(in folder: String, today: CivilDate) throws -> DecryptionKey {
    let path = "\(folder)/\(current)"
    let replaced = try key(at: path)
    let name = "\(prefix)\(replaced.id.hex.prefix(16))\(until)\(lastDay(after: today)).pem"
    do {
      try FileManager.default.moveItem(atPath: path, toPath: "\(folder)/\(name)")
    } catch {
      throw unwritable("\(folder)/\(name)", error)
    }
    return try make(in: folder)
  }

  /// Makes a key in a new file.
  ///
  /// - Parameter folder: the folder of the node's keys.
  /// - Returns: the key.
  /// - Throws: ``NodeError`` when the file cannot be written.
  @discardableResult
  package static func make(in folder: String) throws -> DecryptionKey {
    let path = "\(folder)/\(current)"
    let bytes = Array(Curve25519.KeyAgreement.PrivateKey().rawRepresentation)
    guard let key = DecryptionKey(rawRepresentation: bytes) else {
      preconditionFailure("every 32 bytes are an X25519 key")
    }
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate],
        permissions: .ownerReadWrite)
      _ = try file.closeAfter {
        try file.writeAll(PrivateKeyPEM.text(key.rawRepresentation, .agreement).utf8)
      }
    } catch {
      throw unwritable(path, error)
    }
    return key
  }

  private static let prefix = "encryption-"
  private static let until = "-until-"
  private static let daysKept = 365

  /// The last day on which the key of a file is used; nil for another file.
  private static func lastDay(of name: String) -> CivilDate? {
    guard name.hasPrefix(prefix), name.hasSuffix(".pem") else { return nil }
    let parts = name.dropFirst(prefix.count).dropLast(4).split(separator: until)
    return parts.count == 2 ? CivilDate(parts[1]) : nil
  }

  private static func key(at path: String) throws -> DecryptionKey {
    guard let bytes = PrivateKeyPEM.key(try SecretFile.text(at: path), .agreement),
      let key = DecryptionKey(rawRepresentation: bytes)
    else {
      throw NodeError(
        .keyFile, object: path, message: "is not an X25519 private key in PKCS#8 PEM",
        words: "file.noEncryptionKey",
        hint: "restore the file from its backup")
    }
    return key
  }

  private static func unwritable(_ path: String, _ error: any Error) -> NodeError {
    NodeError(
      .disk, object: path, message: "cannot be written", words: "file.unwritable",
      hint: "let the user that runs the node write there", underlying: error)
  }
}
