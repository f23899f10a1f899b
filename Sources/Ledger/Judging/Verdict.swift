/// What becomes of a change set that came.
///
/// A verdict never depends on the order of arrival, on a clock, or on what else a node has heard:
/// only on the change set's bytes, its ancestors and the directory up to the entry it names.
package enum Verdict: Hashable, Sendable {
  /// Wrong for good; every honest node agrees. Kept in quarantine with the reason.
  case rejected(RejectionReason)
  /// Something has not come yet: asked for, and judged again when it is there.
  case held(HoldReason, missing: [ChangeSetID])
  /// Taken. What it says may still be void.
  case stored(StoredChangeSet)
}

/// Why a change set is rejected.
package enum RejectionReason: Hashable, Sendable {
  /// The header is wrong by its own bytes.
  case header(HeaderFlaw)
  /// An ancestor belongs to another dossier.
  case foreignAncestor
  /// `previous` is of another author, or its sequence is not one less.
  case sequence
  /// The author's first change set in a dossier of its own that is not the dossier's first.
  case secondBeginning
  /// A parent that `previous` or another parent already reaches.
  case redundantParent
  /// The entry named is not one of the registrar's.
  case directoryEntry
  /// A change set of another directory, or one that says it belongs to the directory and does not.
  case directoryForeign
  /// The entry named is older than the one an ancestor names.
  case directoryOlder
  /// The key is not in the directory at the entry named.
  case keyUnknown
  /// The key belongs to another agency.
  case keyForeign
  /// The key is already withdrawn at the entry named.
  case keyWithdrawn
  /// The author has no grant in the change set's ancestry.
  case noGrant
  /// An ancestor, or the entry named, is rejected.
  case rejectedAncestor

  /// The word that tables, logs and the command line show.
  package var code: String {
    switch self {
    case .header(let flaw): "header-\(Self.dashed(flaw.rawValue))"
    case .foreignAncestor: "foreign-ancestor"
    case .sequence: "sequence"
    case .secondBeginning: "second-beginning"
    case .redundantParent: "redundant-parent"
    case .directoryEntry: "directory-entry"
    case .directoryForeign: "directory-foreign"
    case .directoryOlder: "directory-older"
    case .keyUnknown: "key-unknown"
    case .keyForeign: "key-foreign"
    case .keyWithdrawn: "key-withdrawn"
    case .noGrant: "no-grant"
    case .rejectedAncestor: "rejected-ancestor"
    }
  }

  /// Every reason, each flaw of a header among them.
  package static let all: [RejectionReason] =
    HeaderFlaw.allCases.map { .header($0) } + [
      .foreignAncestor, .sequence, .secondBeginning, .redundantParent, .directoryEntry,
      .directoryForeign, .directoryOlder, .keyUnknown, .keyForeign, .keyWithdrawn, .noGrant,
      .rejectedAncestor,
    ]

  private static func dashed(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
      if letter.isUppercase { text += "-" }
      text += letter.lowercased()
    }
  }
}

/// Why a change set is held.
package enum HoldReason: String, Hashable, Sendable, CaseIterable {
  /// A change set it names has not come.
  case ancestor
  /// The directory entry it names has not come.
  case directoryEntry = "directory-entry"
  /// No valid seal has come.
  case seal
  /// The bytes of part 0 have not come.
  case openPart = "open-part"
  /// A format this build does not know.
  case unknownFormat = "unknown-format"
  /// A key of a suite this build does not know.
  case unknownSuite = "unknown-suite"
  /// A membership statement of a kind this build does not know.
  case unknownMembership = "unknown-membership"

  /// The word that tables, logs and the command line show.
  package var code: String { rawValue }
}

/// Why a stored change set is void, folded to nothing.
package enum VoidReason: Hashable, Sendable {
  /// Its author signed two continuations: nothing after the fork counts.
  case fork
  /// The author's newest key went on from another branch, or before this change set.
  case otherBranch
  /// Written outside the ancestry of an `end` of its author.
  case ended(by: ChangeSetID)
  /// Written outside the ancestry of an `exclude` of its author.
  case excluded(by: ChangeSetID)
  /// None of the grants in its ancestry counts.
  case noCountingGrant

  /// Whether its author was cut off, which says nothing about the author's own chain.
  package var isCutOff: Bool {
    switch self {
    case .ended, .excluded: true
    case .fork, .otherBranch, .noCountingGrant: false
    }
  }

  /// The word that tables, logs and the command line show.
  package var code: String {
    switch self {
    case .fork: "fork"
    case .otherBranch: "other-branch"
    case .ended: "ended"
    case .excluded: "excluded"
    case .noCountingGrant: "no-counting-grant"
    }
  }
}

/// What a stored change set is worth, as a function of the set of stored change sets.
package enum Standing: Hashable, Sendable {
  /// Its parts are folded.
  case counts
  /// It is folded to nothing.
  case void(VoidReason)
  /// It counts, but under a key since withdrawn and not re-affirmed (待确认); shown, never folded
  /// differently.
  case unconfirmed

  /// Whether its parts are folded.
  package var isFolded: Bool {
    if case .void = self { false } else { true }
  }
}

/// What was wrong with a delivery, apart from the change set it carried.
///
/// Seal, path, salts and part bytes are not covered by the id: a wrong one condemns the delivery
/// and its sender, never the id.
package enum DeliveryFault: Hashable, Sendable {
  /// The seal is not valid for this change set.
  case seal
  /// The bytes of this part are not the ones the header promises.
  case part(Int)
}
