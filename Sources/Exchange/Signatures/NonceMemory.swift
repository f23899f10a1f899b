import Crypto
package import Ledger

/// Remembers the nonces of verified requests until they expire, so that none is taken twice.
///
/// A value in two generations: when the younger is older than the longest life of a signature, the
/// elder holds only expired nonces and is dropped whole. At most `Limits.noncesMax` are kept, and
/// `Limits.noncesPerKeyMax` of one key, so that one peer cannot use up the room of all; a
/// memory that is full refuses new requests rather than forget.
package struct NonceMemory: Sendable {
  /// What became of a nonce.
  package enum Insertion: Hashable, Sendable {
    /// Not seen before; remembered now.
    case new
    /// Seen before: a replay.
    case seen
    /// Not seen before, but there is no room.
    case full
  }

  private struct Entry: Hashable {
    let high: UInt64
    let low: UInt64
  }

  /// What came in one span, and how much of it by each key.
  private struct Generation {
    var nonces: Set<Entry> = []
    var counts: [KeyID: Int] = [:]
  }

  private var younger = Generation()
  private var elder = Generation()
  private var turnsAt: Int64 = .min
  private let capacity: Int
  private let capacityPerKey: Int

  /// Makes an empty memory of at most `capacity` nonces, and `capacityPerKey` of each key.
  package init(
    capacity: Int = Limits.noncesMax, capacityPerKey: Int = Limits.noncesPerKeyMax
  ) {
    self.capacity = capacity
    self.capacityPerKey = capacityPerKey
  }

  /// How many nonces are remembered.
  package var count: Int { younger.nonces.count + elder.nonces.count }

  /// Remembers `nonce` of `key` until the second `expires`.
  package mutating func insert(
    _ nonce: String, by key: KeyID, until expires: Int64, at now: Int64
  ) -> Insertion {
    turn(at: now)
    let entry = Self.entry(nonce, key)
    guard !younger.nonces.contains(entry), !elder.nonces.contains(entry) else { return .seen }
    let own = (younger.counts[key] ?? 0) + (elder.counts[key] ?? 0)
    guard count < capacity, own < capacityPerKey else { return .full }
    younger.nonces.insert(entry)
    younger.counts[key, default: 0] += 1
    return .new
  }

  /// A generation lasts as long as a signature can count: its life plus the tolerance ahead.
  private mutating func turn(at now: Int64) {
    let span = Limits.signatureLifeSecondsMax + Limits.signatureAheadSecondsMax
    guard now > turnsAt else { return }
    // Two spans late means that the younger generation has expired as well.
    elder = now > turnsAt.addingReportingOverflow(span).partialValue ? Generation() : younger
    younger = Generation()
    turnsAt = now + span
  }

  private static func entry(_ nonce: String, _ key: KeyID) -> Entry {
    var hash = SHA256()
    hash.update(data: key.bytes)
    hash.update(data: Array(nonce.utf8))
    let bytes = Array(hash.finalize())
    return Entry(high: word(bytes[0..<8]), low: word(bytes[8..<16]))
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
