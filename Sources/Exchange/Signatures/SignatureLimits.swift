extension Limits {
  /// An Ed25519 signature.
  static let signatureBytes = 64

  /// The longest a signature may count after it was made, in seconds: a request in flight, a repeat
  /// after a refusal for time, and no more.
  package static let signatureLifeSecondsMax: Int64 = 60

  /// How far ahead of our clock `created` may be, in seconds: the offset that a sender learns is
  /// off by a round trip and by two truncations to whole seconds.
  package static let signatureAheadSecondsMax: Int64 = 5

  /// The length of a nonce in ASCII characters: 16 are 64 bits even in hexadecimal, 64 are plenty.
  static let nonceBytes = 16...64

  /// Nonces remembered of one key: a peer at its full rate sends 100 a second and 400 at once, that
  /// is 13,400 in the two spans of 65 s; whoever sends more finds only itself refused.
  package static let noncesPerKeyMax = 1 << 14

  /// Nonces remembered: a node of 64 busy peers at 50 requests a second sends 64 × 50 × 65 s =
  /// 208,000; at 2^18 entries of 16 bytes in half-full sets that is about 16 MiB at the very most.
  package static let noncesMax = 1 << 18

  /// Clock offsets beyond a century are not learnt, in seconds.
  static let clockOffsetSecondsMax: UInt64 = 100 * 366 * 86_400
}
