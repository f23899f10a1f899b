/// How often each field stands in a message, read from the framing alone.
///
/// An empty submessage takes two bytes on the wire and a hundred in memory; counting before
/// decoding keeps a few megabytes from a peer from becoming hundreds here.
struct FieldCounts {
  private var counts: [UInt64: Int] = [:]

  /// Nil when the bytes are not a sequence of fields.
  init?(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      guard let tag = Self.varint(bytes, &position) else { return nil }
      counts[tag >> 3, default: 0] += 1
      switch tag & 7 {
      case 0: guard Self.varint(bytes, &position) != nil else { return nil }
      case 2:
        guard let length = Self.varint(bytes, &position),
          length <= UInt64(bytes.count - position)
        else { return nil }
        position += Int(length)
      // Groups and fixed-width numbers stand in none of our messages.
      default: return nil
      }
    }
  }

  /// How often the field with this number stands in the message.
  subscript(field: UInt64) -> Int { counts[field] ?? 0 }

  private static func varint(_ bytes: [UInt8], _ position: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}
