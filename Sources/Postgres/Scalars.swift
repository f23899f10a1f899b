extension String: SQLScalar {
  /// Text; the server refuses a NUL in it (22021).
  package static var sqlType: SQLType { .text }
  /// The UTF-8 bytes.
  package func encoded() -> [UInt8]? { Array(utf8) }
  /// Reads text, names, enumerated codes and JSON as text.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> String {
    if cell.oid == SQLType.jsonb.oid {
      let bytes = try cell.bytes(as: .jsonb)
      return String(decoding: bytes.dropFirst(), as: UTF8.self)
    }
    let bytes = try cell.bytes(as: .text, .varchar, .name, .bpchar, .char, .json)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw cell.malformed("text that is not UTF-8")
    }
    return text
  }
}

extension Bool: SQLScalar {
  /// A boolean.
  package static var sqlType: SQLType { .bool }
  /// One byte.
  package func encoded() -> [UInt8]? { [self ? 1 : 0] }
  /// Reads a boolean.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Bool {
    try cell.bytes(as: .bool).first == 1
  }
}

extension Int: SQLScalar {
  /// A bigint.
  package static var sqlType: SQLType { .int8 }
  /// Eight bytes.
  package func encoded() -> [UInt8]? { Int64(self).encoded() }
  /// Reads any integer column.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Int {
    Int(try Int64.decode(cell))
  }
}

extension Int64: SQLScalar {
  /// A bigint.
  package static var sqlType: SQLType { .int8 }
  /// Eight bytes.
  package func encoded() -> [UInt8]? { networkOrder(self) }
  /// Reads any integer column.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Int64 {
    var reader = BigEndianReader(try cell.bytes(as: .int8, .int4, .int2, .oid))
    let value: Int64? =
      switch cell.oid {
      case SQLType.int8.oid: reader.integer(Int64.self)
      case SQLType.int4.oid: reader.int32().map(Int64.init)
      case SQLType.oid.oid: reader.uint32().map(Int64.init)
      default: reader.int16().map(Int64.init)
      }
    guard let value else { throw cell.malformed("a truncated integer") }
    return value
  }
}

extension Int32: SQLScalar {
  /// An integer.
  package static var sqlType: SQLType { .int4 }
  /// Four bytes.
  package func encoded() -> [UInt8]? { networkOrder(self) }
  /// Reads any integer column whose value fits.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> Int32 {
    guard let value = Int32(exactly: try Int64.decode(cell)) else {
      throw cell.malformed("an integer of more than 32 bits")
    }
    return value
  }
}

/// A UUID as its sixteen bytes; typed ids of other modules are sent as one.
package struct SQLUUID: SQLScalar, Hashable {
  /// The sixteen bytes.
  package let bytes: [UInt8]

  /// Takes sixteen bytes; anything else is no UUID.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// A uuid.
  package static var sqlType: SQLType { .uuid }
  /// The sixteen bytes.
  package func encoded() -> [UInt8]? { bytes }
  /// Reads a uuid.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> SQLUUID {
    guard let uuid = SQLUUID(Array(try cell.bytes(as: .uuid))) else {
      throw cell.malformed("a uuid of the wrong length")
    }
    return uuid
  }
}

/// An instant in microseconds since 1970-01-01T00:00:00Z, sent as a timestamptz.
///
/// PostgreSQL counts from 2000-01-01: 10,957 days later, at 86,400 seconds each.
package struct SQLTimestamp: SQLScalar, Hashable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package let microseconds: Int64

  /// Takes microseconds since 1970-01-01T00:00:00Z.
  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  private static let epochMicroseconds: Int64 = 10_957 * 86_400 * 1_000_000

  /// A timestamptz.
  package static var sqlType: SQLType { .timestamptz }
  /// Eight bytes; an instant outside Int64 once shifted becomes PostgreSQL's `-infinity`.
  package func encoded() -> [UInt8]? {
    let (shifted, overflow) = microseconds.subtractingReportingOverflow(Self.epochMicroseconds)
    return networkOrder(overflow ? Int64.min : shifted)
  }
  /// Reads a timestamptz; infinity is refused.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> SQLTimestamp {
    var reader = BigEndianReader(try cell.bytes(as: .timestamptz))
    guard let raw = reader.integer(Int64.self), raw != .min, raw != .max else {
      throw cell.malformed("an infinite or truncated timestamp")
    }
    return SQLTimestamp(microseconds: raw + epochMicroseconds)
  }
}

/// A civil date as days since 1970-01-01, sent as a date.
package struct SQLDate: SQLScalar, Hashable {
  /// Days since 1970-01-01.
  package let days: Int32

  /// Takes days since 1970-01-01.
  package init(days: Int32) {
    self.days = days
  }

  private static let epochDays: Int32 = 10_957

  /// A date.
  package static var sqlType: SQLType { .date }
  /// Four bytes; a date outside Int32 once shifted becomes PostgreSQL's `-infinity`.
  package func encoded() -> [UInt8]? {
    let (shifted, overflow) = days.subtractingReportingOverflow(Self.epochDays)
    return networkOrder(overflow ? Int32.min : shifted)
  }
  /// Reads a date; infinity is refused.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> SQLDate {
    var reader = BigEndianReader(try cell.bytes(as: .date))
    guard let raw = reader.int32(), raw != .min, raw != .max else {
      throw cell.malformed("an infinite or truncated date")
    }
    return SQLDate(days: raw + epochDays)
  }
}

/// JSON text, sent as jsonb; the server refuses text that is not JSON (22P02).
package struct SQLJSON: SQLScalar, Hashable {
  /// The text; PostgreSQL gives back its own normal form of it.
  package let text: String

  /// Takes JSON text.
  package init(_ text: String) {
    self.text = text
  }

  /// A jsonb.
  package static var sqlType: SQLType { .jsonb }
  /// The version byte 1 and the text.
  package func encoded() -> [UInt8]? { [1] + Array(text.utf8) }
  /// Reads json and jsonb.
  package static func decode(_ cell: SQLCell) throws(PostgresError) -> SQLJSON {
    SQLJSON(try String.decode(cell))
  }
}

private func networkOrder<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(Integer.bitWidth / 8)
  bytes.append(bigEndian: value)
  return bytes
}
