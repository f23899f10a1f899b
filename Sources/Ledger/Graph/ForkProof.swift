/// A header with its tie to a seal: enough to prove that its author signed it.
package struct SealedHeader: Hashable, Sendable {
  /// The header as it came.
  package let headerBytes: [UInt8]
  /// The tie to its seal.
  package let proof: SealProof
  /// The reading of the header.
  package let header: ChangeSetHeader
  /// The id.
  package let id: ChangeSetID

  /// Reads header bytes; nil when they are not a lawful header.
  package init?(headerBytes: [UInt8], proof: SealProof) {
    guard case .header(let header) = ChangeSetHeader.decode(headerBytes) else { return nil }
    self.headerBytes = headerBytes
    self.proof = proof
    self.header = header
    id = ChangeSetHeader.id(of: headerBytes)
  }

  fileprivate init(_ changeSet: StoredChangeSet) {
    headerBytes = changeSet.headerBytes
    proof = changeSet.proof
    header = changeSet.header
    id = changeSet.id
  }

  /// Says whether the seal was made by the author with this key.
  package func verify(by key: VerificationKey) -> Bool {
    key.id == header.key && proof.verify(id: id, author: header.author, key: key)
  }
}

extension StoredChangeSet {
  /// The part of it that proves who wrote it.
  package var sealedHeader: SealedHeader { SealedHeader(self) }
}

/// Two change sets of one dossier, author and sequence: the author said two things.
package struct ForkProof: Hashable, Sendable {
  /// The one with the smaller id.
  package let first: SealedHeader
  /// The one with the greater id.
  package let second: SealedHeader

  /// Pairs two different headers of equal dossier, author and sequence, or nothing.
  package init?(_ one: SealedHeader, _ other: SealedHeader) {
    guard one.id != other.id, one.header.author == other.header.author,
      one.header.sequence == other.header.sequence,
      one.header.dossier(id: one.id) == other.header.dossier(id: other.id)
    else { return nil }
    (first, second) = one.id < other.id ? (one, other) : (other, one)
  }

  /// The dossier.
  package var dossier: DossierID { first.header.dossier(id: first.id) }
  /// The author that signed both.
  package var author: AgencyCode { first.header.author }
  /// The sequence that both carry.
  package var sequence: UInt64 { first.header.sequence }

  /// Says whether both seals were made by the author, with the keys that `key` looks up.
  package func verify(key: (KeyID) -> VerificationKey?) -> Bool {
    [first, second].allSatisfy { header in
      key(header.header.key).map(header.verify(by:)) ?? false
    }
  }
}
