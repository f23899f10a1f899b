/// An identifier that is a SHA-256 of what it names.
///
/// Each use has a type of its own, so that the id of a dossier never stands where the id of a key
/// is meant.
package protocol HashIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The hash itself.
  var hash: Hash256 { get }
  /// Names by a hash.
  init(_ hash: Hash256)
}

extension HashIdentifier {
  /// Takes exactly 32 bytes.
  package init?(_ bytes: some Collection<UInt8>) {
    guard let hash = Hash256(bytes) else { return nil }
    self.init(hash)
  }

  /// Reads 64 hexadecimal digits.
  package init?(hex: some StringProtocol) {
    guard let hash = Hash256(hex: hex) else { return nil }
    self.init(hash)
  }

  /// The 32 bytes.
  package var bytes: [UInt8] { hash.bytes }

  /// Sixty-four lower-case hexadecimal digits.
  package var hex: String { hash.hex }

  package var description: String { hash.hex }

  package static func < (left: Self, right: Self) -> Bool { left.hash < right.hash }
}

/// Names a change set: SHA-256("guantong/change/v1" ‖ 0x00 ‖ header bytes).
package struct ChangeSetID: HashIdentifier {
  package let hash: Hash256
  package init(_ hash: Hash256) { self.hash = hash }
}

/// Names a dossier by the id of its first change set, so that it cannot be hijacked.
package struct DossierID: HashIdentifier {
  package let hash: Hash256
  package init(_ hash: Hash256) { self.hash = hash }

  /// The dossier that `first` begins.
  package init(first: ChangeSetID) { hash = first.hash }

  /// The id of the dossier's first change set.
  package var first: ChangeSetID { ChangeSetID(hash) }
}

/// Names a signing key: SHA-256 of its public key's bytes.
package struct KeyID: HashIdentifier {
  package let hash: Hash256
  package init(_ hash: Hash256) { self.hash = hash }

  /// The id of a public key.
  package init(publicKey: [UInt8]) { hash = .sha256(publicKey) }
}

/// Names a part: SHA-256("guantong/part/v1" ‖ 0x00 ‖ salt ‖ part bytes).
package struct PartHash: HashIdentifier {
  package let hash: Hash256
  package init(_ hash: Hash256) { self.hash = hash }
}

/// The root of a seal's tree.
package struct SealRoot: HashIdentifier {
  package let hash: Hash256
  package init(_ hash: Hash256) { self.hash = hash }
}
