import Crypto
import FoundationEssentials
package import Ledger

/// The agency's Ed25519 signing key as a PKCS#8 PEM file (RFC 8410), mode 0600.
package enum AgencyKeyFile {
  /// The PEM text of a key.
  package static func pem(of key: SigningKey) -> String {
    PrivateKeyPEM.text(key.rawRepresentation, .signing)
  }

  /// Reads a key from PEM text.
  ///
  /// - Parameters:
  ///   - pem: the text of the file.
  ///   - path: its name, for the message.
  /// - Returns: the key.
  /// - Throws: ``NodeError`` when the text is not an Ed25519 key in PKCS#8.
  package static func key(pem: String, path: String) throws -> SigningKey {
    guard let bytes = PrivateKeyPEM.key(pem, .signing),
      let key = SigningKey(rawRepresentation: bytes)
    else {
      throw NodeError(
        .keyFile, object: path, message: "is not an Ed25519 private key in PKCS#8 PEM",
        words: "file.noKey",
        hint: "restore the file from its backup")
    }
    return key
  }

  /// The file of the key that is to follow, beside the one in use.
  package static let next = "agency-next.pem"

  /// The key that is to follow; nil when there is none.
  ///
  /// Blocks on the disk, like everything below: call it where blocking is allowed.
  ///
  /// - Parameters:
  ///   - folder: the folder of the node's keys.
  ///   - name: the name of the file.
  /// - Returns: the key.
  /// - Throws: ``NodeError`` for a file that is none, or that others can read.
  package static func next(in folder: String, named name: String = next) throws -> SigningKey? {
    let path = "\(folder)/\(name)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try key(pem: try SecretFile.text(at: path), path: path)
  }

  /// The key that is to follow; makes one when there is none.
  ///
  /// Asked again it gives the same key, so that a command repeated proposes nothing new.
  ///
  /// - Parameters:
  ///   - folder: the folder of the node's keys.
  ///   - name: the name of the file.
  /// - Returns: the key.
  /// - Throws: ``NodeError`` when the file cannot be read or made.
  package static func makeNext(in folder: String, named name: String = next) throws -> SigningKey {
    if let key = try next(in: folder, named: name) { return key }
    let seed = Array(Curve25519.Signing.PrivateKey().rawRepresentation)
    guard let key = SigningKey(rawRepresentation: seed) else {
      preconditionFailure("every 32 bytes are an Ed25519 seed")
    }
    try SecretFile.create(pem(of: key), at: "\(folder)/\(name)")
    return key
  }

  /// Puts the key that follows in the place of the one in use; the old one is gone.
  ///
  /// The old file goes first, and only when the new key is in force. A process that dies between
  /// the two steps finds no key in use and takes the second step at its next start.
  ///
  /// - Parameters:
  ///   - folder: the folder of the node's keys.
  ///   - path: the file of the key in use.
  ///   - name: the name of the file of the key that follows.
  /// - Throws: ``NodeError`` when the folder cannot be written.
  package static func succeed(
    in folder: String, at path: String, by name: String = next
  ) throws {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw unwritable(path, error)
    }
    try completeSuccession(in: folder, at: path, by: name)
  }

  /// Takes the second step of a succession whose first one was taken.
  ///
  /// - Parameters:
  ///   - folder: the folder of the node's keys.
  ///   - path: the file of the key in use.
  ///   - name: the name of the file of the key that follows.
  /// - Throws: ``NodeError`` when the folder cannot be written.
  package static func completeSuccession(
    in folder: String, at path: String, by name: String = next
  ) throws {
    let successor = "\(folder)/\(name)"
    guard !FileManager.default.fileExists(atPath: path),
      FileManager.default.fileExists(atPath: successor)
    else { return }
    do {
      try FileManager.default.moveItem(atPath: successor, toPath: path)
    } catch {
      throw unwritable(path, error)
    }
  }

  private static func unwritable(_ path: String, _ error: any Error) -> NodeError {
    NodeError(
      .disk, object: path, message: "cannot be written", words: "file.unwritable",
      hint: "let the user that runs the node write there", underlying: error)
  }
}
