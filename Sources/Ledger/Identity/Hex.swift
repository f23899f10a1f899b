/// Hexadecimal text of bytes.
package enum Hex {
  /// Two lower-case digits for each byte.
  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: digits(of: Array(bytes)), as: UTF8.self)
  }

  /// The same as characters of ASCII.
  static func digits(of bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    var index = 0
    while index < bytes.count {
      text.append(digit(bytes[index] &>> 4))
      text.append(digit(bytes[index] & 15))
      index += 1
    }
    return text
  }

  /// "0" to "9" and "a" to "f".
  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x57 + value
  }

  /// The bytes of an even number of digits of either case, or nil.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in text.utf8 {
      guard let value = value(of: digit) else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return high == nil ? bytes : nil
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
