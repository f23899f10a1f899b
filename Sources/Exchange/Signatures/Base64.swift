/// Base64 with padding (RFC 4648 section 4), as structured fields write byte sequences.
///
/// By hand because Exchange does not import Foundation. Decoding is strict: no white space, no
/// missing padding, no stray bits, so that one byte sequence has one spelling.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let reverse: [UInt8] = {
    var table = [UInt8](repeating: 0xFF, count: 256)
    for (value, letter) in alphabet.enumerated() {
      table[Int(letter)] = UInt8(value)
    }
    return table
  }()

  static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var group: UInt32 = 0
    var filled = 0
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      filled += 1
      if filled == 3 {
        for shift in [18, 12, 6, 0] {
          text.append(alphabet[Int(group >> UInt32(shift) & 63)])
        }
        group = 0
        filled = 0
      }
    }
    if filled == 1 {
      text.append(alphabet[Int(group >> 2 & 63)])
      text.append(alphabet[Int(group << 4 & 63)])
      text += Array("==".utf8)
    } else if filled == 2 {
      text.append(alphabet[Int(group >> 10 & 63)])
      text.append(alphabet[Int(group >> 4 & 63)])
      text.append(alphabet[Int(group << 2 & 63)])
      text += Array("=".utf8)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the bytes, or nil when `text` is not their one spelling.
  static func decode(_ text: String) -> [UInt8]? {
    let letters = Array(text.utf8)
    guard letters.count.isMultiple(of: 4) else { return nil }
    let padding = letters.suffix(2).count { $0 == UInt8(ascii: "=") }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(letters.count / 4 * 3)
    var group: UInt32 = 0
    var bits: UInt32 = 0
    for letter in letters.dropLast(padding) {
      let value = reverse[Int(letter)]
      guard value < 64 else { return nil }
      group = group << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: group >> bits))
        group &= (1 << bits) - 1
      }
    }
    return group == 0 ? bytes : nil
  }
}
