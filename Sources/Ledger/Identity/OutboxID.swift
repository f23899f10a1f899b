/// Names an outbox: sixteen random bytes, new with each database and each restore.
package struct OutboxID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The sixteen bytes.
  package let bytes: [UInt8]

  /// Takes exactly sixteen bytes.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    self.bytes = Array(bytes)
  }

  /// Reads 32 hexadecimal digits.
  package init?(hex: some StringProtocol) {
    guard let bytes = Hex.decode(hex) else { return nil }
    self.init(bytes)
  }

  /// Thirty-two lower-case hexadecimal digits.
  package var hex: String { Hex.encode(bytes) }

  package var description: String { hex }

  package static func < (left: OutboxID, right: OutboxID) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
