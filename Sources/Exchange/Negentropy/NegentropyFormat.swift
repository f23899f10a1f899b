/// The constants of negentropy version 1, and the bytes of its messages.
enum NegentropyFormat {
  /// The first byte of every message.
  static let version: UInt8 = 0x61
  /// What a version byte may be; anything else is no negentropy message.
  static let versions: ClosedRange<UInt8> = 0x60...0x6F
  /// The bytes of a fingerprint.
  static let fingerprintBytes = 16
  /// The bytes of an id.
  static let idBytes = 32
  /// Into how many ranges a differing range is split: as the reference does, and in more where it
  /// has more items than two round trips can tell apart by 16.
  private static let parts = [16, 32, 64]
  /// What is kept free in a frame for the last range: a bound (44), a mode and a fingerprint.
  static let frameReserve = 200

  /// Into how many ranges a set of so many items is split, again and again.
  ///
  /// Three splits, of which the responder makes the second, leave `count` / parts³ items in one.
  /// Up to 1.5 × parts nearly all are under the 2 × parts of which the ids are listed.
  static func parts(of count: Int) -> Int {
    parts.first { 2 * count <= 3 * $0 * $0 * $0 * $0 } ?? parts[parts.count - 1]
  }

  /// What a range says.
  enum Mode: UInt64 {
    case skip = 0
    case fingerprint = 1
    case idList = 2
  }
}

/// The exclusive upper end of a range: a timestamp and the leading bytes of an id.
struct NegentropyBound: Sendable {
  var timestamp: UInt64
  var prefixBytes: [UInt8]
  var prefix: NegentropyItem

  init(timestamp: UInt64, prefix: [UInt8]) {
    self.timestamp = timestamp
    self.prefixBytes = prefix
    self.prefix = NegentropyItem(bytes: prefix[...])
  }

  static let start = NegentropyBound(timestamp: 0, prefix: [])
  static let infinity = NegentropyBound(timestamp: .max, prefix: [])

  /// The bound before a leaf, or behind the last.
  init(before leaf: Int) {
    let lowest = LeafSum.lowest(in: leaf)
    self.init(
      timestamp: lowest == nil ? .max : 0,
      prefix: Array((lowest ?? []).prefix(leaf & 0xF == 0 ? 1 : 2)))
  }

  /// The leaf before which it stands; nil when it divides one.
  var leaf: Int? {
    if timestamp == .max { return LeafSum.leaves }
    let isLowest = prefixBytes.dropFirst(2).allSatisfy { $0 == 0 }
    return timestamp == 0 && isLowest && prefix.first << 12 == 0 ? prefix.leaf : nil
  }

  static func < (left: NegentropyBound, right: NegentropyBound) -> Bool {
    left.timestamp == right.timestamp
      ? left.prefix < right.prefix : left.timestamp < right.timestamp
  }
}

/// Writes ranges; the offset of the timestamps starts anew with each message.
struct NegentropyWriter {
  private(set) var bytes: [UInt8] = []
  private var lastTimestamp: UInt64 = 0

  mutating func append(_ bound: NegentropyBound, _ mode: NegentropyFormat.Mode) {
    if bound.timestamp == .max {
      lastTimestamp = .max
      Self.append(varint: 0, to: &bytes)
    } else {
      Self.append(varint: bound.timestamp - lastTimestamp + 1, to: &bytes)
      lastTimestamp = bound.timestamp
    }
    Self.append(varint: UInt64(bound.prefixBytes.count), to: &bytes)
    bytes += bound.prefixBytes
    Self.append(varint: mode.rawValue, to: &bytes)
  }

  /// An empty writer that goes on from the timestamp of this one.
  func continuation() -> NegentropyWriter {
    var result = NegentropyWriter()
    result.lastTimestamp = lastTimestamp
    return result
  }

  var count: Int { bytes.count }

  mutating func append(_ continuation: NegentropyWriter) {
    bytes += continuation.bytes
    lastTimestamp = continuation.lastTimestamp
  }

  mutating func append(fingerprint: [UInt8]) {
    bytes += fingerprint
  }

  mutating func append(ids items: [NegentropyItem]) {
    Self.append(varint: UInt64(items.count), to: &bytes)
    for item in items { bytes += item.bytes }
  }

  /// Base 128, the most significant digit first, as few digits as possible.
  static func append(varint value: UInt64, to bytes: inout [UInt8]) {
    var shift: UInt64 = 63
    while shift > 0, value >> shift == 0 { shift -= 7 }
    while shift > 0 {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift & 0x7F) | 0x80)
      shift -= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: value & 0x7F))
  }
}

/// Why a message is not one of negentropy version 1.
package enum NegentropyFault: Error, Sendable, Equatable {
  /// The bytes end inside a range.
  case truncated
  /// A varint over 64 bits or with leading zero digits, a prefix over 32 bytes, an unknown mode.
  case malformed
  /// The bounds of the ranges do not ascend.
  case unordered
  /// The other side speaks only this version.
  case unsupported(version: UInt8)
  /// The items of this side could not be read, or are not what their sums say.
  case unreadable
}

/// Reads ranges; nothing is allocated before the bytes for it are known to be there.
struct NegentropyReader {
  private var rest: ArraySlice<UInt8>
  private var lastTimestamp: UInt64 = 0

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ count: Int) throws(NegentropyFault) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw .truncated }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func varint() throws(NegentropyFault) -> UInt64 {
    var value: UInt64 = 0
    var isFirst = true
    while true {
      guard let byte = rest.first else { throw .truncated }
      rest = rest.dropFirst()
      guard value >> 57 == 0, !(isFirst && byte == 0x80) else { throw .malformed }
      value = value << 7 | UInt64(byte & 0x7F)
      isFirst = false
      if byte & 0x80 == 0 { return value }
    }
  }

  mutating func bound() throws(NegentropyFault) -> NegentropyBound {
    let encoded = try varint()
    var timestamp = UInt64.max
    if encoded > 0, lastTimestamp != .max {
      let (sum, overflow) = lastTimestamp.addingReportingOverflow(encoded - 1)
      timestamp = overflow ? .max : sum
    }
    lastTimestamp = timestamp
    let length = try varint()
    guard length <= UInt64(NegentropyFormat.idBytes) else { throw .malformed }
    return NegentropyBound(timestamp: timestamp, prefix: Array(try take(Int(length))))
  }

  mutating func mode() throws(NegentropyFault) -> NegentropyFormat.Mode {
    guard let mode = NegentropyFormat.Mode(rawValue: try varint()) else { throw .malformed }
    return mode
  }

  /// The ids of a list; the count is checked against the bytes that are there.
  mutating func ids() throws(NegentropyFault) -> [NegentropyItem] {
    let count = try varint()
    guard count <= UInt64(rest.count / NegentropyFormat.idBytes) else { throw .truncated }
    var result: [NegentropyItem] = []
    result.reserveCapacity(Int(count))
    for _ in 0..<Int(count) {
      result.append(NegentropyItem(bytes: try take(NegentropyFormat.idBytes)))
    }
    return result
  }

  /// Passes over the ids of a list, as far as they are there.
  mutating func passIDs() throws(NegentropyFault) {
    guard let size = size(ofIDs: try varint()) else { throw .truncated }
    _ = try take(size)
  }

  /// The bounds of the ranges of a message, up to the first byte that is not understood.
  static func bounds(of message: ArraySlice<UInt8>) -> [NegentropyBound] {
    var reader = NegentropyReader(message)
    var bounds: [NegentropyBound] = []
    while !reader.isAtEnd, let bound = try? reader.bound(), let mode = try? reader.mode() {
      bounds.append(bound)
      let size: Int? =
        switch mode {
        case .skip: 0
        case .fingerprint: NegentropyFormat.fingerprintBytes
        case .idList: (try? reader.varint()).flatMap { reader.size(ofIDs: $0) }
        }
      guard let size, (try? reader.take(size)) != nil else { break }
    }
    return bounds
  }

  /// The bytes of so many ids, if they are there.
  private func size(ofIDs count: UInt64) -> Int? {
    count <= UInt64(rest.count / NegentropyFormat.idBytes)
      ? Int(count) * NegentropyFormat.idBytes : nil
  }
}
