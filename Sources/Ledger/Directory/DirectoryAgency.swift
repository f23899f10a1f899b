/// One agency as the directory knows it.
package struct DirectoryAgency: Hashable, Sendable {
  /// What the governors admitted.
  package internal(set) var entry: AgencyEntry
  /// Every key it was ever given, in the order of the directory; the last is the newest.
  package internal(set) var keys: [DirectoryKey]
  /// The agencies on whose nodes it worked before it moved to another.
  package internal(set) var formerHosts: Set<AgencyCode> = []
  /// What it says about itself, in its newest version.
  package internal(set) var particulars: Particulars?
  /// The same as signed, for handing on word for word.
  package internal(set) var signedParticulars: SignedObject?

  init(entry: AgencyEntry, key: DirectoryKey) {
    self.entry = entry
    keys = [key]
  }

  /// The key with this id.
  package func key(_ id: KeyID) -> DirectoryKey? { keys.first { $0.id == id } }

  /// Where a key stands in the order of the directory; nil when it is not this agency's.
  package func rank(of id: KeyID) -> Int? { keys.firstIndex { $0.id == id } }
}

/// A signing key in the directory.
package struct DirectoryKey: Hashable, Sendable {
  /// Its id.
  package let id: KeyID
  /// Its bytes with their suite.
  package let publicKey: PublicKey
  /// The key, ready to verify with; nil for a suite that this build does not know.
  package let verification: VerificationKey?
  /// The entry that gave it.
  package let since: ChangeSetID
  /// The entry that suspended or replaced it.
  package internal(set) var withdrawnBy: ChangeSetID?

  /// Nil for a key of suite 1 that is of small order or not in canonical form.
  ///
  /// A key of an unknown suite is taken, so that what it signs is held until an upgrade and not
  /// rejected for good.
  init?(_ publicKey: PublicKey, since: ChangeSetID) {
    let verification = VerificationKey(publicKey)
    if publicKey.suite == VerificationKey.suite, verification == nil { return nil }
    if publicKey.suite == 0 || publicKey.bytes.count > Limits.publicKeyBytesMax { return nil }
    id = publicKey.id
    self.publicKey = publicKey
    self.verification = verification
    self.since = since
  }
}

/// What the directory knows about a key at an entry.
package enum KeyState: Hashable, Sendable {
  /// It may sign for the agency.
  case active(AgencyCode, VerificationKey)
  /// It was suspended or replaced.
  case withdrawn(AgencyCode, VerificationKey)
  /// It is the agency's, of a suite that this build does not know.
  case unknownSuite(AgencyCode)
  /// No agency has it.
  case unknown

  /// Whose it is.
  package var owner: AgencyCode? {
    switch self {
    case .active(let agency, _), .withdrawn(let agency, _), .unknownSuite(let agency): agency
    case .unknown: nil
    }
  }

  /// The key itself, active or not.
  package var verification: VerificationKey? {
    switch self {
    case .active(_, let key), .withdrawn(_, let key): key
    case .unknownSuite, .unknown: nil
    }
  }
}
