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
}
