package import Crypto
import FoundationEssentials

/// Names an encryption key: SHA-256 of its public key's bytes.
package struct EncryptionKeyID: HashIdentifier {
  package let hash: Hash256
  package init(_ hash: Hash256) { self.hash = hash }

  /// The id of a public key.
  package init(publicKey: [UInt8]) { hash = .sha256(publicKey) }
}

/// The public X25519 key that content for one agency is sealed to.
///
/// RFC 9180 (section 7.1.4) wants an all-zero shared secret refused, and the library below does not
/// look. With a clamped private key the secret is zero exactly for the points of small order, so
/// those are refused before a key is used, whoever sends it and however it is spelt.
package struct EncryptionKey: Hashable, Sendable {
  /// The number of bytes of every key.
  package static let byteCount = 32

  /// The key as bytes.
  package let bytes: [UInt8]
  /// SHA-256 of the bytes.
  package let id: EncryptionKeyID

  /// Takes a point that is not of small order.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, !Self.isSmallOrder(bytes) else { return nil }
    self.bytes = bytes
    id = EncryptionKeyID(publicKey: bytes)
  }

  /// The key as the library takes it.
  package var agreementKey: Curve25519.KeyAgreement.PublicKey? {
    try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
  }

  /// Whether a coordinate, read as RFC 7748 does (the highest bit ignored), is that of a point
  /// whose order divides the cofactor, on the curve or on its twist.
  package static func isSmallOrder(_ point: [UInt8]) -> Bool {
    var u = point
    u[31] &= 0x7F
    return smallOrderCoordinates.contains(u)
  }

  /// 0, 1, the two of order 8, p − 1, p and p + 1; larger ones below 2^255 are not multiples.
  private static let smallOrderCoordinates: Set<[UInt8]> = [
    littleEndian("0000000000000000000000000000000000000000000000000000000000000000"),
    littleEndian("0100000000000000000000000000000000000000000000000000000000000000"),
    littleEndian("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    littleEndian("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    littleEndian("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    littleEndian("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    littleEndian("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
  ]

  private static func littleEndian(_ hex: String) -> [UInt8] { Hex.decode(hex) ?? [] }
}

/// The private X25519 key that opens what was sealed to one agency.
package struct DecryptionKey: Sendable {
  /// The 32 bytes of RFC 7748; secret.
  package let rawRepresentation: [UInt8]
  /// The key that others seal to.
  package let encryptionKey: EncryptionKey
  /// The key as the library takes it.
  package let agreementKey: Curve25519.KeyAgreement.PrivateKey

  /// Takes the 32 bytes of RFC 7748.
  package init?(rawRepresentation: [UInt8]) {
    guard
      let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: rawRepresentation),
      let encryptionKey = EncryptionKey(bytes: Array(key.publicKey.rawRepresentation))
    else { return nil }
    agreementKey = key
    self.encryptionKey = encryptionKey
    self.rawRepresentation = rawRepresentation
  }

  /// The id of the public key.
  package var id: EncryptionKeyID { encryptionKey.id }
}

/// The keys with which a node opens envelopes: the one it publishes, and those replaced lately.
package struct DecryptionKeys: Sendable {
  /// The key that is published.
  package let current: DecryptionKey
  /// Keys replaced since, for envelopes that were on their way.
  package let former: [DecryptionKey]

  /// Takes the published key and those before it.
  package init(current: DecryptionKey, former: [DecryptionKey] = []) {
    self.current = current
    self.former = former
  }

  /// The key that an envelope names; nil when it is none of ours any more.
  package subscript(id: EncryptionKeyID) -> DecryptionKey? {
    current.id == id ? current : former.first { $0.id == id }
  }
}
