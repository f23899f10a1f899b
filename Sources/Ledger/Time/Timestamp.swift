/// A moment in microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package let microseconds: Int64

  /// 2000-01-01T00:00:00Z up to, and without, 2200-01-01T00:00:00Z: what a header may state.
  package static let lawful =
    Timestamp(microseconds: 946_684_800_000_000)..<Timestamp(microseconds: 7_258_118_400_000_000)

  private static let microsecondsPerDay: Int64 = 86_400_000_000
  private static let shanghaiOffset: Int64 = 8 * 3_600_000_000

  /// The moment that lies `microseconds` after 1970-01-01T00:00:00Z.
  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// Reads RFC 3339 in UTC: a date, `T`, a time with up to six decimals, `Z`.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 27, bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      bytes.last == UInt8(ascii: "Z"),
      let date = CivilDate(String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = Self.number(bytes[11..<13]), hour < 24,
      let minute = Self.number(bytes[14..<16]), minute < 60,
      let second = Self.number(bytes[17..<19]), second < 60
    else { return nil }
    var fraction: Int64 = 0
    if bytes.count > 20 {
      guard bytes[19] == UInt8(ascii: "."), bytes.count > 21,
        let digits = Self.number(bytes[20..<(bytes.count - 1)])
      else { return nil }
      fraction = (bytes.count..<27).reduce(digits) { value, _ in value * 10 }
    }
    let seconds = (hour * 60 + minute) * 60 + second
    microseconds = Int64(date.days) * Self.microsecondsPerDay + seconds * 1_000_000 + fraction
  }

  /// The civil date in Asia/Shanghai, which has been UTC+8 without summer time since 1991.
  package var civilDate: CivilDate {
    CivilDate(
      days: Int32(clamping: Self.floor(microseconds + Self.shanghaiOffset, Self.microsecondsPerDay))
    )
  }

  /// The moment `seconds` later, or earlier when negative.
  package func adding(seconds: Int64) -> Timestamp {
    Timestamp(microseconds: microseconds + seconds * 1_000_000)
  }

  /// RFC 3339 in UTC with six decimals and `Z`.
  package var description: String {
    let days = Self.floor(microseconds, Self.microsecondsPerDay)
    let rest = Int(microseconds - days * Self.microsecondsPerDay)
    let seconds = rest / 1_000_000
    let clock =
      "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    return "\(CivilDate(days: Int32(clamping: days)))T\(clock).\(padded(rest % 1_000_000, 6))Z"
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    return value
  }
}
