/// Numbers as bytes, the most significant first.
///
/// Hashes and ids cross this line on every step of everything. The loops are spelled out over
/// arrays and plain integers, because a generic sequence costs forty times as much where nothing
/// specializes it.
enum BigEndian {
  /// The eight bytes of an array from a position on, as one number.
  static func word(_ bytes: [UInt8], at start: Int) -> UInt64 {
    var word: UInt64 = 0
    var index = start
    while index < start + 8 {
      word = word &<< 8 | UInt64(bytes[index])
      index += 1
    }
    return word
  }

  /// Adds the eight bytes of a number.
  static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    var shift: UInt64 = 64
    while shift > 0 {
      shift -= 8
      bytes.append(UInt8(truncatingIfNeeded: word &>> shift))
    }
  }

  /// The eight bytes of a number.
  static func bytes(_ word: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8)
    append(word, to: &bytes)
    return bytes
  }
}
