/// The fields of a message that this build knows, and of the messages in it.
///
/// A field is known up to the highest number: a later build gives a field a higher one, never one
/// that was left out or given up. So the bytes themselves tell what is of a later build from what
/// is wrong:
///
/// ```swift
/// KnownFields(upTo: 16, holding: [4: KnownFields(upTo: 2), 16: KnownFields(upTo: 4)])
/// ```
package struct KnownFields: Hashable, Sendable {
  /// The highest number that protobuf has for a field: 2²⁹ − 1.
  private static let numberMax: UInt64 = 536_870_911

  private let highest: UInt64
  private let inside: [UInt64: KnownFields]

  /// The fields of a message up to a number, and those of the messages among them.
  package init(upTo highest: UInt64, holding inside: [UInt64: KnownFields] = [:]) {
    self.highest = highest
    self.inside = inside
  }

  /// What is left of a message without the fields of a later build; nil when no build writes such
  /// bytes.
  package func known(of bytes: [UInt8]) -> [UInt8]? { cut(bytes[...])?.bytes }

  /// What is left of a message without the fields of a later build.
  struct Cut {
    /// The bytes of the known fields, as they stood.
    var bytes: [UInt8] = []
    /// The first field that was left out, with the numbers of those it stands in.
    var later: String?
  }

  /// Leaves out the fields of a later build, at every depth.
  ///
  /// - Returns: nil when the fields are not ascending or not spelt as short as they can be, which
  ///   no build writes.
  func cut(_ bytes: ArraySlice<UInt8>) -> Cut? {
    var cut = Cut()
    var last: FieldScan.Field?
    let isLawful = FieldScan.eachField(of: bytes) { field in
      defer { last = field }
      guard field.isShortest, 1...Self.numberMax ~= field.number,
        field.number >= last?.number ?? 0
      else { return false }
      guard field.number <= highest else {
        // A number that repeats is packed into one field; only what has a length stands twice.
        if let last, last.number == field.number, last.content == nil || field.content == nil {
          return false
        }
        if cut.later == nil { cut.later = String(field.number) }
        return true
      }
      return take(field, of: bytes, into: &cut)
    }
    return isLawful ? cut : nil
  }

  private func take(
    _ field: FieldScan.Field, of bytes: ArraySlice<UInt8>, into cut: inout Cut
  ) -> Bool {
    guard let content = field.content, let fields = inside[field.number] else {
      cut.bytes += bytes[field.range]
      return true
    }
    guard let inner = fields.cut(content) else { return false }
    guard let later = inner.later else {
      cut.bytes += bytes[field.range]
      return true
    }
    if cut.later == nil { cut.later = "\(field.number).\(later)" }
    cut.bytes += FieldScan.varint(field.number << 3 | 2)
    cut.bytes += FieldScan.varint(UInt64(inner.bytes.count))
    cut.bytes += inner.bytes
    return true
  }
}
