import FoundationEssentials

/// A private key of 32 bytes as a PKCS#8 PEM text (RFC 8410).
enum PrivateKeyPEM {
  /// The algorithm, by the last byte of its object identifier 1.3.101.x.
  enum Algorithm: UInt8 {
    /// X25519.
    case agreement = 0x6E
    /// Ed25519.
    case signing = 0x70

    /// What stands before the 32 bytes of the key.
    var prefix: [UInt8] {
      [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, rawValue, 0x04, 0x22,
        0x04, 0x20,
      ]
    }
  }

  private static let header = "-----BEGIN PRIVATE KEY-----"
  private static let footer = "-----END PRIVATE KEY-----"

  /// The text of a key.
  static func text(_ key: [UInt8], _ algorithm: Algorithm) -> String {
    let base64 = Data(algorithm.prefix + key).base64EncodedString()
    return "\(header)\n\(base64)\n\(footer)\n"
  }

  /// The 32 bytes of a key; nil when the text is none of this algorithm.
  static func key(_ text: String, _ algorithm: Algorithm) -> [UInt8]? {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimming(while: \.isWhitespace) }
    let prefix = algorithm.prefix
    guard lines.first == header, lines.last == footer,
      let document = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
      document.count == prefix.count + 32, Array(document.prefix(prefix.count)) == prefix
    else { return nil }
    return Array(document.suffix(32))
  }
}

extension StringProtocol {
  fileprivate func trimming(while predicate: (Character) -> Bool) -> String {
    let start = drop(while: predicate)
    guard let last = start.lastIndex(where: { !predicate($0) }) else { return "" }
    return String(start[...last])
  }
}
