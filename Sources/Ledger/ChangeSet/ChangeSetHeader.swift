/// The signed head of a change set: who wrote it, after what, with which parts.
///
/// A header is stored and forwarded as the bytes that came; this value is only a reading of them.
package struct ChangeSetHeader: Hashable, Sendable {
  /// The format this build writes and reads.
  package static let format: UInt32 = 1

  /// The dossier; nil in the dossier's first change set, whose id names it.
  package var dossier: DossierID?
  /// The agency that wrote it.
  package var author: AgencyCode
  /// The key that signs it.
  package var key: KeyID
  /// 1, 2, 3 … without a gap for each dossier and author.
  package var sequence: UInt64
  /// The author's change set before this one; nil in its first.
  package var previous: ChangeSetID?
  /// The heads not reached by `previous`, ascending.
  package var parents: [ChangeSetID]
  /// The registrar's newest entry that the author had; nil in the directory itself.
  package var directory: ChangeSetID?
  /// When the author says it was written; information only.
  package var authoredAt: Timestamp
  /// The salted hash of each part, part 0 first.
  package var parts: [PartHash]

  /// States every field; `ChangeSetHeader.flaw` tells whether they fit one another.
  package init(
    dossier: DossierID?, author: AgencyCode, key: KeyID, sequence: UInt64,
    previous: ChangeSetID?, parents: [ChangeSetID], directory: ChangeSetID?,
    authoredAt: Timestamp, parts: [PartHash]
  ) {
    self.dossier = dossier
    self.author = author
    self.key = key
    self.sequence = sequence
    self.previous = previous
    self.parents = parents
    self.directory = directory
    self.authoredAt = authoredAt
    self.parts = parts
  }

  /// The id that header bytes have.
  package static func id(of headerBytes: [UInt8]) -> ChangeSetID {
    ChangeSetID(.sha256(Array("guantong/change/v1".utf8), [0], headerBytes))
  }

  /// The id this header has in its lawful form.
  package var id: ChangeSetID { Self.id(of: encoded()) }

  /// The dossier the change set belongs to, also when it is the first.
  package func dossier(id: ChangeSetID) -> DossierID { dossier ?? DossierID(first: id) }

  /// `previous` and `parents`: everything that must be stored before this is.
  package var links: [ChangeSetID] {
    if let previous { [previous] + parents } else { parents }
  }

  /// What is wrong with the header by its own fields, if anything is.
  package var flaw: HeaderFlaw? {
    if parts.isEmpty { return .noParts }
    if parts.count > Limits.partsMax { return .tooManyParts }
    if parents.count > Limits.parentsMax { return .tooManyParents }
    if !parents.isStrictlyAscending { return .parentsNotAscending }
    if let previous, parents.contains(previous) { return .previousAmongParents }
    if sequence == 0 || sequence > UInt64(Int64.max) { return .sequence }
    if !Timestamp.lawful.contains(authoredAt) { return .authoredAt }
    if (previous == nil) != (sequence == 1) { return .sequence }
    if dossier == nil {
      return links.isEmpty ? nil : .firstWithAncestors
    }
    return links.isEmpty ? .withoutAncestors : nil
  }
}

/// What can be wrong with a header by its own bytes.
package enum HeaderFlaw: String, Hashable, Sendable, CaseIterable {
  /// Longer than the limit.
  case tooLong
  /// Not a protobuf message in its one lawful form.
  case notLawful
  /// A format number of zero.
  case format
  /// A field of the wrong length or with characters that do not belong.
  case field
  /// No part at all; part 0 is always there.
  case noParts
  /// More parts than the limit.
  case tooManyParts
  /// More parents than the limit.
  case tooManyParents
  /// Parents out of order or repeated.
  case parentsNotAscending
  /// The change set before it named a second time.
  case previousAmongParents
  /// A sequence of zero, or a first with a predecessor, or a later one without.
  case sequence
  /// Outside the years 2000 to 2199.
  case authoredAt
  /// A dossier's first change set that names ancestors.
  case firstWithAncestors
  /// A change set of an existing dossier that names no ancestor.
  case withoutAncestors
}

/// What header bytes turned out to be.
package enum HeaderReading: Hashable, Sendable {
  /// A lawful header of the format this build knows.
  case header(ChangeSetHeader)
  /// A later format: held until this build is replaced by one that knows it.
  case unknownFormat(UInt32)
  /// Wrong by its own bytes.
  case malformed(HeaderFlaw)
}
