/// Names a record: a UUID of version 7 (RFC 9562 section 5.7), sixteen bytes.
package struct RecordID: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64

  /// Takes sixteen bytes that carry the version 7 and the variant of RFC 9562.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    let bytes = Array(bytes)
    let (high, low) = (BigEndian.word(bytes, at: 0), BigEndian.word(bytes, at: 8))
    guard high >> 12 & 0xF == 7, low >> 62 == 0b10 else { return nil }
    self.high = high
    self.low = low
  }

  /// Makes an id from a time and ten random bytes, both given by the caller.
  ///
  /// The milliseconds take 48 bits; of the random bytes 74 bits are used. Shorter random input is
  /// a mistake of the caller's code, never of a peer's.
  package init(timestamp: Timestamp, random: [UInt8]) {
    precondition(random.count >= 10, "a record id takes ten random bytes")
    let milliseconds = UInt64(bitPattern: timestamp.microseconds / 1_000) & 0xFFFF_FFFF_FFFF
    let middle = UInt64(random[0]) << 8 | UInt64(random[1])
    high = milliseconds << 16 | 0x7000 | middle & 0x0FFF
    let tail = random[2..<10].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    low = 0x8000_0000_0000_0000 | tail & 0x3FFF_FFFF_FFFF_FFFF
  }

  /// Reads the 36-character form, of either case.
  package init?(uuidString: some StringProtocol) {
    let characters = Array(uuidString.utf8)
    guard characters.count == 36 else { return nil }
    for dash in [8, 13, 18, 23] where characters[dash] != UInt8(ascii: "-") { return nil }
    let digits = characters.filter { $0 != UInt8(ascii: "-") }
    guard let bytes = Hex.decode(String(decoding: digits, as: UTF8.self)) else { return nil }
    self.init(bytes: bytes)
  }

  /// The sixteen bytes.
  package var bytes: [UInt8] {
    BigEndian.bytes(high) + BigEndian.bytes(low)
  }

  /// The lower-case form with dashes.
  package var uuidString: String {
    let digits = Hex.digits(of: bytes)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    var index = 0
    while index < digits.count {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append(UInt8(ascii: "-")) }
      text.append(digits[index])
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  package var description: String { uuidString }

  package static func < (left: RecordID, right: RecordID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
