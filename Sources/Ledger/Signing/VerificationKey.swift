import Crypto
import FoundationEssentials

/// A public key that signatures are checked with: suite 1, Ed25519 (RFC 8032).
///
/// The library below accepts the eight keys of small order, under which one signature fits every
/// message, and spellings of a point that are not the canonical one. Both are refused here, before
/// a key can enter the directory. Checking is cofactorless, with S < L and the canonical R and A
/// only, so that all implementations agree on every signature.
package struct VerificationKey: Hashable, Sendable {
  /// The number of this suite.
  package static let suite: UInt32 = 1
  /// The number of bytes of every key.
  package static let byteCount = 32
  /// The number of bytes of every signature.
  package static let signatureByteCount = 64

  /// The key as bytes.
  package let bytes: [UInt8]
  /// SHA-256 of the bytes.
  package let id: KeyID

  /// Takes a canonical point that is not of small order.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, Self.isCanonical(bytes), !Self.isSmallOrder(bytes),
      (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
    else { return nil }
    self.bytes = bytes
    id = KeyID(publicKey: bytes)
  }

  /// Takes a public key of suite 1.
  package init?(_ key: PublicKey) {
    guard key.suite == Self.suite else { return nil }
    self.init(bytes: key.bytes)
  }

  /// The key as the directory states it.
  package var publicKey: PublicKey { PublicKey(bytes: bytes) }

  /// Says whether `signature` over `message` was made with this key.
  package func verify(_ signature: [UInt8], over message: [UInt8]) -> Bool {
    guard signature.count == Self.signatureByteCount,
      Self.isReduced(Array(signature[32...])), Self.isCanonical(Array(signature[..<32])),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    else { return false }
    return key.isValidSignature(signature, for: message)
  }

  /// The encoding of a field element below p, and not of "minus zero" (RFC 8032 section 5.1.3).
  static func isCanonical(_ point: [UInt8]) -> Bool {
    var y = point
    let sign = y[31] >> 7
    y[31] &= 0x7F
    if !isLess(y, fieldPrime) { return false }
    // x is zero exactly at y = 1 and y = −1; the sign bit must then be clear.
    return sign == 0 || (y != one && y != minusOne)
  }

  /// S below the order of the group, against malleable signatures (RFC 8032 section 5.1.7).
  static func isReduced(_ scalar: [UInt8]) -> Bool { isLess(scalar, groupOrder) }

  /// One of the eight points whose order divides the cofactor.
  static func isSmallOrder(_ point: [UInt8]) -> Bool {
    var y = point
    y[31] &= 0x7F
    return smallOrderOrdinates.contains(y)
  }

  private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.reversed().lexicographicallyPrecedes(right.reversed())
  }

  private static func littleEndian(_ hex: String) -> [UInt8] { Hex.decode(hex) ?? [] }

  /// p = 2^255 − 19.
  private static let fieldPrime =
    littleEndian("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
  private static let one =
    littleEndian("0100000000000000000000000000000000000000000000000000000000000000")
  private static let minusOne =
    littleEndian("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
  /// L = 2^252 + 27742317777372353535851937790883648493.
  private static let groupOrder =
    littleEndian("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
  /// The ordinates of the points of order 1, 2, 4 and 8; each order 4 and 8 has both signs.
  private static let smallOrderOrdinates: Set<[UInt8]> = [
    one, minusOne,
    littleEndian("0000000000000000000000000000000000000000000000000000000000000000"),
    littleEndian("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    littleEndian("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
  ]
}
