/// How many of each field a whole message may have, those of the messages inside it included.
///
/// An empty submessage takes two bytes on the wire and a hundred in memory, at every depth. A
/// reader that knows how many a lawful message can have counts them in the framing and decodes only
/// what keeps to it:
///
/// ```swift
/// FieldBudget.root([.field(1, upTo: 8_192, holding: [.field(4, upTo: 131_072)])]).covers(bytes)
/// ```
///
/// The counts are of the whole message: a hundred parents with ten children each are a thousand
/// children. Fields that are not named are not counted, as those that take little.
package struct FieldBudget: Sendable {
  private let number: UInt64
  private var left: Int
  private var inside: [FieldBudget]

  /// A field by its number, how often it may stand, and what is counted in the messages it holds.
  package static func field(
    _ number: UInt64, upTo count: Int, holding inside: [FieldBudget] = []
  ) -> FieldBudget {
    FieldBudget(number: number, left: count, inside: inside)
  }

  /// The fields of the outermost message.
  package static func root(_ fields: [FieldBudget]) -> FieldBudget {
    FieldBudget(number: 0, left: 1, inside: fields)
  }

  /// Whether the bytes are a sequence of fields that keeps to the budget.
  package func covers(_ bytes: [UInt8]) -> Bool {
    var budget = self
    return budget.take(bytes[...])
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) -> Bool {
    FieldScan.eachField(of: bytes) { field in
      guard let index = inside.firstIndex(where: { $0.number == field.number }) else {
        return true
      }
      inside[index].left -= 1
      guard inside[index].left >= 0 else { return false }
      guard let content = field.content, !inside[index].inside.isEmpty else { return true }
      return inside[index].take(content)
    }
  }
}

/// The framing of a protobuf message: numbers and lengths, nothing decoded.
enum FieldScan {
  /// One field as it stands among the bytes.
  struct Field {
    /// Its number.
    let number: UInt64
    /// Its content, where it has a length.
    let content: ArraySlice<UInt8>?
    /// Where it stands, with its number.
    let range: Range<Int>
    /// Whether every number of its framing is spelt as short as it can be.
    let isShortest: Bool
  }

  /// Calls `body` with every field.
  ///
  /// - Returns: false when the bytes are not a sequence of fields or `body` said so.
  static func eachField(of bytes: ArraySlice<UInt8>, _ body: (Field) -> Bool) -> Bool {
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let start = position
      var isShortest = true
      guard let tag = varint(bytes, &position, &isShortest) else { return false }
      var content: ArraySlice<UInt8>?
      switch tag & 7 {
      case 0: guard varint(bytes, &position, &isShortest) != nil else { return false }
      case 2:
        guard let length = varint(bytes, &position, &isShortest),
          length <= UInt64(bytes.endIndex - position)
        else { return false }
        content = bytes[position..<position + Int(length)]
        position += Int(length)
      // Groups and fixed-width numbers stand in none of our messages.
      default: return false
      }
      let field = Field(
        number: tag >> 3, content: content, range: start..<position, isShortest: isShortest)
      guard body(field) else { return false }
    }
    return true
  }

  /// The shortest spelling of a number.
  static func varint(_ value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static func varint(
    _ bytes: ArraySlice<UInt8>, _ position: inout Int, _ isShortest: inout Bool
  ) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      guard position < bytes.endIndex else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 {
        // A last byte of zero says nothing, and the tenth has room for one bit.
        if (byte == 0 && shift > 0) || (shift == 63 && byte > 1) { isShortest = false }
        return value
      }
      shift += 7
    }
    return nil
  }
}
