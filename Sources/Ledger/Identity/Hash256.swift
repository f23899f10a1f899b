import Crypto
import FoundationEssentials

/// Thirty-two bytes of SHA-256, ordered as bytes.
///
/// Kept as four big-endian words, so that comparing and hashing never touch the heap; a dossier
/// compares ids millions of times.
package struct Hash256: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number of bytes of every hash.
  package static let byteCount = 32

  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// Takes exactly 32 bytes.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init(lawful: Array(bytes))
  }

  /// Takes an array known to hold 32 bytes.
  private init(lawful bytes: [UInt8]) {
    first = BigEndian.word(bytes, at: 0)
    second = BigEndian.word(bytes, at: 8)
    third = BigEndian.word(bytes, at: 16)
    fourth = BigEndian.word(bytes, at: 24)
  }

  /// Reads 64 hexadecimal digits of either case.
  package init?(hex: some StringProtocol) {
    guard hex.utf8.count == 2 * Self.byteCount, let bytes = Hex.decode(hex) else { return nil }
    self.init(bytes)
  }

  /// The SHA-256 of `pieces`, one after the other.
  package static func sha256(_ pieces: [UInt8]...) -> Hash256 {
    var hasher = SHA256()
    for piece in pieces { hasher.update(data: piece) }
    return Hash256(finishing: hasher)
  }

  init(words: (UInt64, UInt64, UInt64, UInt64)) {
    (first, second, third, fourth) = words
  }

  /// The hash of everything `hasher` was given.
  init(finishing hasher: SHA256) {
    self.init(lawful: Array(hasher.finalize()))
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(Self.byteCount)
    BigEndian.append(first, to: &out)
    BigEndian.append(second, to: &out)
    BigEndian.append(third, to: &out)
    BigEndian.append(fourth, to: &out)
    return out
  }

  /// Sixty-four lower-case hexadecimal digits.
  package var hex: String { Hex.encode(bytes) }

  package var description: String { hex }

  package static func < (left: Hash256, right: Hash256) -> Bool {
    if left.first != right.first { return left.first < right.first }
    if left.second != right.second { return left.second < right.second }
    if left.third != right.third { return left.third < right.third }
    return left.fourth < right.fourth
  }
}
