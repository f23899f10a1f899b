import FoundationEssentials
package import SwiftProtobuf

/// The one lawful form of a protobuf message: decoding and encoding it gives the same bytes.
///
/// What is signed or hashed has one spelling, so that no two byte strings say the same and every
/// changed byte is noticed. Unknown fields are dropped in decoding and therefore break the form;
/// only where a message may be of a later build is it asked what its ``KnownFields`` are.
package enum LawfulForm {
  /// What bytes say that may be of a later build.
  package enum Reading<Message: Sendable>: Sendable {
    /// A message that this build knows whole.
    case message(Message)
    /// Lawful but for fields that this build does not know; the first of them, as `16.5`.
    case later(String)
  }

  /// The message that `bytes` spell in the lawful form, or nil.
  package static func decode<Message: SwiftProtobuf.Message>(
    _ type: Message.Type, _ bytes: [UInt8]
  ) -> Message? {
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    guard let message = try? Message(serializedBytes: bytes, options: options),
      encode(message) == bytes
    else { return nil }
    return message
  }

  /// Reads bytes that may hold fields of a later build.
  ///
  /// Without those fields the bytes are in the lawful form, and the fields stand where a later
  /// build puts them: above all that this build knows, ascending, spelt as short as can be. What
  /// they hold is not looked at.
  ///
  /// - Parameters:
  ///   - type: the message.
  ///   - bytes: its bytes.
  ///   - fields: those of the message that this build knows.
  /// - Returns: the message, or that it is of a later build; nil when no build writes such bytes.
  package static func read<Message: SwiftProtobuf.Message>(
    _ type: Message.Type, _ bytes: [UInt8], knowing fields: KnownFields
  ) -> Reading<Message>? {
    if let message = decode(type, bytes) { return .message(message) }
    guard let known = fields.cut(bytes[...]), let later = known.later,
      decode(type, known.bytes) != nil
    else { return nil }
    return .later(later)
  }

  /// The message that bytes spell without what a later build adds, or nil.
  ///
  /// Only for what two nodes say to each other: nothing of it is stored, hashed or passed on in
  /// another spelling than that in which it came, and what is added must leave what was there
  /// before with its meaning. The bytes are those that ``read(_:_:knowing:)`` takes.
  package static func decode<Message: SwiftProtobuf.Message>(
    _ type: Message.Type, _ bytes: [UInt8], passingOverAllBut fields: KnownFields
  ) -> Message? {
    if let message = decode(type, bytes) { return message }
    guard let known = fields.cut(bytes[...]), known.later != nil else { return nil }
    return decode(type, known.bytes)
  }

  /// The fields of one number with which a message begins.
  package static func leading(_ number: UInt64, of bytes: [UInt8]) -> ArraySlice<UInt8> {
    var end = bytes.startIndex
    _ = FieldScan.eachField(of: bytes[...]) { field in
      guard field.number == number else { return false }
      end = field.range.upperBound
      return true
    }
    return bytes[..<end]
  }

  /// Like `decode`, but fields that this build does not know are kept and allowed.
  static func decodeKeepingUnknown<Message: SwiftProtobuf.Message>(
    _ type: Message.Type, _ bytes: [UInt8]
  ) -> Message? {
    guard let message = try? Message(serializedBytes: bytes), encode(message) == bytes else {
      return nil
    }
    return message
  }

  /// The bytes of a message of ours.
  ///
  /// Encoding fails only beyond two gibibytes, which the limits keep far away.
  package static func encode(_ message: some SwiftProtobuf.Message) -> [UInt8] {
    do {
      return try message.serializedBytes()
    } catch {
      preconditionFailure("a message of ours does not encode: \(error)")
    }
  }
}

extension HashIdentifier {
  /// The bytes as protobuf wants them.
  var wire: Data { Data(hash.bytes) }
}

extension AgencyCode {
  /// An empty field stands for no agency; any other must be a code.
  static func optional(_ text: String) -> AgencyCode?? {
    if text.isEmpty { return .some(nil) }
    guard let code = AgencyCode(text) else { return nil }
    return .some(code)
  }
}

extension HashIdentifier {
  /// An empty field stands for none; any other must be 32 bytes.
  static func optional(_ data: Data) -> Self?? {
    if data.isEmpty { return .some(nil) }
    guard let id = Self(data) else { return nil }
    return .some(id)
  }

  /// Every field must be 32 bytes.
  static func list(_ fields: [Data]) -> [Self]? {
    let ids = fields.compactMap { Self($0) }
    return ids.count == fields.count ? ids : nil
  }
}

extension Collection where Element: Comparable {
  /// Each element is greater than the one before it.
  var isStrictlyAscending: Bool {
    zip(self, dropFirst()).allSatisfy { $0 < $1 }
  }
}
