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
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for (offset, byte) in bytes.enumerated() {
      switch offset / 8 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
    }
    (first, second, third, fourth) = words
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
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for (offset, byte) in hasher.finalize().enumerated() {
      switch offset / 8 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
    }
    (first, second, third, fourth) = words
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(Self.byteCount)
    for word in [first, second, third, fourth] {
      for shift in stride(from: 56, through: 0, by: -8) {
        out.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
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
