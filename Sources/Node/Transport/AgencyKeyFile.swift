import FoundationEssentials
package import Ledger

/// The agency's Ed25519 signing key as a PKCS#8 PEM file (RFC 8410), mode 0600.
package enum AgencyKeyFile {
  /// What stands before the 32 bytes of the seed in a PKCS#8 document of an Ed25519 key.
  private static let prefix: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]
  private static let header = "-----BEGIN PRIVATE KEY-----"
  private static let footer = "-----END PRIVATE KEY-----"

  /// The PEM text of a key.
  package static func pem(of key: SigningKey) -> String {
    let base64 = Data(prefix + key.rawRepresentation).base64EncodedString()
    return "\(header)\n\(base64)\n\(footer)\n"
  }

  /// Reads a key from PEM text.
  ///
  /// - Parameters:
  ///   - pem: the text of the file.
  ///   - path: its name, for the message.
  /// - Returns: the key.
  /// - Throws: ``NodeError`` when the text is not an Ed25519 key in PKCS#8.
  package static func key(pem: String, path: String) throws -> SigningKey {
    let lines = pem.split(whereSeparator: \.isNewline).map { $0.trimming(while: \.isWhitespace) }
    guard lines.first == header, lines.last == footer,
      let document = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
      document.count == prefix.count + 32, Array(document.prefix(prefix.count)) == prefix,
      let key = SigningKey(rawRepresentation: Array(document.suffix(32)))
    else {
      throw NodeError(
        .keyFile, object: path, message: "is not an Ed25519 private key in PKCS#8 PEM",
        words: "file.noKey",
        hint: "restore the file from its backup")
    }
    return key
  }
}

extension StringProtocol {
  fileprivate func trimming(while predicate: (Character) -> Bool) -> String {
    let start = drop(while: predicate)
    guard let last = start.lastIndex(where: { !predicate($0) }) else { return "" }
    return String(start[...last])
  }
}
