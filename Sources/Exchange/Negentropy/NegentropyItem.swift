package import Ledger

/// A 32-byte id as four words, so that comparing and adding take no allocation.
///
/// The words are big-endian, so that comparing them in order compares the bytes.
package struct NegentropyItem: Sendable, Hashable, Comparable {
  let first: UInt64
  let second: UInt64
  let third: UInt64
  let fourth: UInt64

  /// Reads the 32 bytes of a hash.
  package init(_ hash: Hash256) {
    self.init(bytes: hash.bytes[...])
  }

  /// Reads up to 32 bytes; the missing ones are zero.
  init(bytes: ArraySlice<UInt8>) {
    func word(_ index: Int) -> UInt64 {
      var value: UInt64 = 0
      for offset in index * 8..<index * 8 + 8 {
        value = value << 8 | UInt64(offset < bytes.count ? bytes[bytes.startIndex + offset] : 0)
      }
      return value
    }
    first = word(0)
    second = word(1)
    third = word(2)
    fourth = word(3)
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(32)
    for word in [first, second, third, fourth] {
      for shift in stride(from: 56, through: 0, by: -8) {
        result.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return result
  }

  /// The hash it was read from.
  var hash: Hash256 { Hash256(bytes) ?? .zero }

  /// The number of its leaf: its first 12 bits.
  var leaf: Int { LeafSum.Grain.leaf.number(of: self) }

  /// The order of the bytes.
  package static func < (left: NegentropyItem, right: NegentropyItem) -> Bool {
    if left.first != right.first { return left.first < right.first }
    if left.second != right.second { return left.second < right.second }
    if left.third != right.third { return left.third < right.third }
    return left.fourth < right.fourth
  }
}

/// The sum of ids as little-endian numbers modulo 2^256.
struct NegentropySum: Sendable, Equatable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Nothing yet.
  init() {}

  /// Takes eight sums of 32-bit digits, the lowest first, and carries.
  init(limbs: [Int64]) {
    var carry: UInt64 = 0
    let digits = limbs.prefix(8).map { limb -> UInt64 in
      let total = UInt64(bitPattern: limb) &+ carry
      carry = total >> 32
      return total & 0xFFFF_FFFF
    }
    func word(_ index: Int) -> UInt64 {
      guard digits.count > index * 2 + 1 else { return 0 }
      return digits[index * 2] | digits[index * 2 + 1] << 32
    }
    words = (word(0), word(1), word(2), word(3))
  }

  mutating func add(_ item: NegentropyItem) {
    var carry = false
    words.0 = Self.sum(words.0, item.first.byteSwapped, &carry)
    words.1 = Self.sum(words.1, item.second.byteSwapped, &carry)
    words.2 = Self.sum(words.2, item.third.byteSwapped, &carry)
    words.3 = Self.sum(words.3, item.fourth.byteSwapped, &carry)
  }

  mutating func add(_ other: NegentropySum) {
    var carry = false
    words.0 = Self.sum(words.0, other.words.0, &carry)
    words.1 = Self.sum(words.1, other.words.1, &carry)
    words.2 = Self.sum(words.2, other.words.2, &carry)
    words.3 = Self.sum(words.3, other.words.3, &carry)
  }

  /// Adds the complement of an id and one.
  mutating func remove(_ item: NegentropyItem) {
    var carry = true
    words.0 = Self.sum(words.0, ~item.first.byteSwapped, &carry)
    words.1 = Self.sum(words.1, ~item.second.byteSwapped, &carry)
    words.2 = Self.sum(words.2, ~item.third.byteSwapped, &carry)
    words.3 = Self.sum(words.3, ~item.fourth.byteSwapped, &carry)
  }

  var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
    }
  }

  static func == (left: NegentropySum, right: NegentropySum) -> Bool {
    left.words == right.words
  }

  private static func sum(_ left: UInt64, _ right: UInt64, _ carry: inout Bool) -> UInt64 {
    let (partial, overflow) = left.addingReportingOverflow(right)
    let (total, overflowAgain) = partial.addingReportingOverflow(carry ? 1 : 0)
    carry = overflow || overflowAgain
    return total
  }
}
