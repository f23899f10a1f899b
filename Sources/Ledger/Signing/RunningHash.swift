/// The running hash of an outbox, which shows a gap or a number given twice.
///
/// h(0) is 32 zero bytes; h(n) = SHA-256(h(n−1) ‖ outbox id ‖ n ‖ change set id ‖ parts), n as
/// eight and the bit set of the delivered parts as four bytes, most significant first; part i is
/// bit i.
package enum RunningHash {
  /// h(0).
  package static let start = Hash256.zero

  /// h(number) from h(number − 1).
  package static func next(
    after hash: Hash256, outbox: OutboxID, number: UInt64, change: ChangeSetID, parts: UInt32
  ) -> Hash256 {
    .sha256(
      hash.bytes, outbox.bytes, BigEndian.bytes(number), change.bytes,
      Array(BigEndian.bytes(UInt64(parts)).suffix(4)))
  }

  /// The bit set of parts: bit i for part i.
  package static func bits(of parts: some Sequence<Int>) -> UInt32 {
    parts.reduce(0) { $0 | 1 << UInt32(clamping: $1) }
  }
}

extension Hash256 {
  /// Thirty-two zero bytes.
  package static let zero = Hash256(words: (0, 0, 0, 0))
}
