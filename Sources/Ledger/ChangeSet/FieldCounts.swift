/// How often each field stands in a message, read from the framing alone.
///
/// An empty submessage takes two bytes on the wire and a hundred in memory; counting before
/// decoding keeps a few megabytes from a peer from becoming hundreds here. ``FieldBudget`` counts
/// those inside other messages too.
struct FieldCounts {
  private var counts: [UInt64: Int] = [:]

  /// Nil when the bytes are not a sequence of fields.
  init?(_ bytes: [UInt8]) {
    var counts: [UInt64: Int] = [:]
    let isWhole = FieldScan.eachField(of: bytes[...]) { field in
      counts[field.number, default: 0] += 1
      return true
    }
    guard isWhole else { return nil }
    self.counts = counts
  }

  /// How often the field with this number stands in the message.
  subscript(field: UInt64) -> Int { counts[field] ?? 0 }
}
