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
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    guard bytes[..<6].allSatisfy(digits.contains),
      bytes[7...].allSatisfy({ digits.contains($0) || capitals.contains($0) })
    else { return nil }
    rawValue = String(decoding: bytes, as: UTF8.self)
  }

  /// The six digits of the region (GB/T 2260).
  package var region: String { String(rawValue.prefix(6)) }

  package var description: String { rawValue }

  package static func < (left: AgencyCode, right: AgencyCode) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}
