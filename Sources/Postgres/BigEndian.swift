extension [UInt8] {
  /// Appends an integer in network order, as PostgreSQL's binary forms have them.
  mutating func append<Integer: FixedWidthInteger>(bigEndian value: Integer) {
    var shift = Integer.bitWidth
    while shift > 0 {
      shift -= 8
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}

/// Reads integers in network order from a cell's bytes; nil when the bytes have come to an end.
struct BigEndianReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest.count else { return nil }
    let taken = rest.prefix(count)
    rest = rest.dropFirst(count)
    return taken
  }

  mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
    guard let bytes = take(Integer.bitWidth / 8) else { return nil }
    var value: Integer = 0
    for byte in bytes { value = value << 8 | Integer(truncatingIfNeeded: byte) }
    return value
  }

  mutating func int16() -> Int16? { integer(Int16.self) }
  mutating func int32() -> Int32? { integer(Int32.self) }
  mutating func uint32() -> UInt32? { integer(UInt32.self) }
}
