package import Ledger

/// Bytes that look random and are the same in every run.
package struct SampleBytes {
  private var count: UInt64 = 0

  /// Begins with the first.
  package init() {}

  /// The next 32 bytes.
  package mutating func hash() -> Hash256 {
    count += 1
    return .sha256((0..<8).map { UInt8(truncatingIfNeeded: count >> UInt64(8 * $0)) })
  }

  /// A key.
  package mutating func key() -> SigningKey { lawful(SigningKey(rawRepresentation: hash().bytes)) }

  /// A record's id.
  package mutating func recordID(at time: Timestamp) -> RecordID {
    RecordID(timestamp: time, random: Array(hash().bytes.prefix(10)))
  }
}

extension Timestamp {
  /// When samples begin: 2026-01-01T00:00:00Z.
  package static let sample = Timestamp(microseconds: 1_767_225_600_000_000)
}

/// A value of a sample, which is lawful by how it was made.
package func lawful<Value>(_ value: Value?) -> Value {
  guard let value else { preconditionFailure("a sample that is not lawful") }
  return value
}
