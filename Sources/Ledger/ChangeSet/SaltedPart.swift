/// The bytes of one part with the salt that hides them from guessing.
package struct SaltedPart: Hashable, Sendable {
  /// The number of bytes of every salt.
  package static let saltByteCount = 32

  /// Thirty-two random bytes.
  package let salt: [UInt8]
  /// The bytes of the part.
  package let content: [UInt8]

  /// Pairs content with its salt, both as they came or as the caller drew them.
  package init(salt: [UInt8], content: [UInt8]) {
    self.salt = salt
    self.content = content
  }

  /// The hash that the header names; only meaningful with a salt of 32 bytes.
  package var hash: PartHash {
    PartHash(.sha256(Array("guantong/part/v1".utf8), [0], salt, content))
  }

  /// Says whether these are the bytes that the header promised.
  package func matches(_ promised: PartHash) -> Bool {
    salt.count == Self.saltByteCount && hash == promised
  }
}
