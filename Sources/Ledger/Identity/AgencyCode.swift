/// The code of an agency: six digits of its region, a dash, one to sixteen capitals or digits.
///
/// "420300-FZB" is one. A code is never given to another agency.
package struct AgencyCode: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The text, all of it ASCII.
  package let rawValue: String

  /// Takes text of the form `^[0-9]{6}-[A-Z0-9]{1,16}$`.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 8, bytes.count <= 23, bytes[6] == UInt8(ascii: "-") else { return nil }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      guard isDigit || index == 6 || index > 6 && isCapital else { return nil }
      index += 1
    }
    rawValue = String(decoding: bytes, as: UTF8.self)
  }

  /// The six digits of the region (GB/T 2260).
  package var region: String { String(rawValue.prefix(6)) }

  package var description: String { rawValue }

  package static func < (left: AgencyCode, right: AgencyCode) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}
