/// A range of bytes as the `Range` and `Content-Range` fields write it (RFC 9110 section 14).
///
/// One range with a beginning, `bytes=0-1048575` or `bytes=1048576-`; several ranges and those
/// counted from the end are not taken.
package struct AttachmentRange: Sendable, Hashable {
  /// The first byte.
  package let first: UInt64
  /// The last byte, included; nil for everything from the first.
  package let last: UInt64?

  /// Names a range; nil when it ends before it begins.
  package init?(first: UInt64, last: UInt64? = nil) {
    if let last, last < first { return nil }
    self.first = first
    self.last = last
  }

  /// Reads the value of a `Range` field.
  package init?(field: String) {
    guard field.hasPrefix("bytes=") else { return nil }
    let halves = field.dropFirst("bytes=".count).split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let first = Self.number(halves[0]) else { return nil }
    if halves[1].isEmpty {
      self.init(first: first)
    } else {
      guard let last = Self.number(halves[1]) else { return nil }
      self.init(first: first, last: last)
    }
  }

  /// The value of a `Range` field.
  package var field: String { "bytes=\(first)-\(last.map(String.init) ?? "")" }

  /// Decimal digits and nothing else; `UInt64` would take a sign.
  fileprivate static func number(_ text: Substring) -> UInt64? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt64(text)
  }
}

extension AttachmentSlice {
  /// The value of the `Content-Range` field that goes with the bytes.
  package var contentRange: String {
    "bytes \(first)-\(first + UInt64(bytes.count) - 1)/\(total)"
  }

  /// Puts bytes together with the `Content-Range` they came with; nil when the two do not agree.
  package init?(contentRange field: String, bytes: [UInt8]) {
    guard field.hasPrefix("bytes "), !bytes.isEmpty else { return nil }
    let halves = field.dropFirst("bytes ".count).split(separator: "/")
    guard halves.count == 2, let total = AttachmentRange.number(halves[1]),
      let range = AttachmentRange(field: "bytes=\(halves[0])"),
      range.last == range.first.addingReportingOverflow(UInt64(bytes.count) - 1).partialValue
    else { return nil }
    self.init(first: range.first, total: total, bytes: bytes)
  }
}
