package import Ledger

/// The first 16 hexadecimal digits of a key's id, which two operators compare.
package enum Fingerprint {
  /// That of a public key.
  package static func of(_ key: PublicKey) -> String { of(key.id.hex) }

  /// The same from an id, or from what a person typed: case, spaces, colons and further digits do
  /// not matter.
  package static func of(_ text: String) -> String {
    String(text.lowercased().filter { $0.isHexDigit }.prefix(16))
  }
}
