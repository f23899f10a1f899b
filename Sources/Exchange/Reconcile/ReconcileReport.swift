package import Ledger

/// What a comparison with a peer found: exactly the fields that `reconcile --peer --json` prints.
///
/// Lists hold up to `Limits.reportEntriesMax` entries; `isTruncated` says when one had more, and
/// the totals count what was found.
package struct ReconcileReport: Sendable, Equatable {
  /// A change set that one side lacks.
  package struct Entry: Sendable, Hashable {
    /// Its id.
    package var id: ChangeSetID
    /// Its dossier.
    package var dossier: DossierID
    /// Its author.
    package var author: AgencyCode
    /// Its sequence.
    package var sequence: UInt64

    /// Makes an entry.
    package init(id: ChangeSetID, dossier: DossierID, author: AgencyCode, sequence: UInt64) {
      self.id = id
      self.dossier = dossier
      self.author = author
      self.sequence = sequence
    }
  }

  /// One place in a chain for which the two sides have different change sets.
  package struct Place: Sendable, Hashable {
    /// The dossier.
    package var dossier: DossierID
    /// The author.
    package var author: AgencyCode
    /// The sequence.
    package var sequence: UInt64
    /// The ids, ascending.
    package var ids: [ChangeSetID]

    /// Makes a place.
    package init(dossier: DossierID, author: AgencyCode, sequence: UInt64, ids: [ChangeSetID]) {
      self.dossier = dossier
      self.author = author
      self.sequence = sequence
      self.ids = ids
    }
  }

  /// A change set that a plan wants repaired.
  package struct Planned: Sendable, Hashable {
    /// Where it was when the plan was made.
    package enum Side: Sendable {
      /// Only here.
      case here
      /// Only there.
      case there
      /// On one side, with another of the same place on the other.
      case either
    }

    /// Its id.
    package var id: ChangeSetID
    /// Where it was.
    package var side: Side

    /// Names one.
    package init(id: ChangeSetID, side: Side) {
      self.id = id
      self.side = side
    }
  }

  /// The peer.
  package var peer: AgencyCode
  /// Dossiers that both sides share.
  package var sharedDossiers: Int
  /// Of these, the ones with equal heads.
  package var equal: Int
  /// Change sets that one side lacks and that are on their way.
  package var inFlight: Int
  /// Change sets only here though both may hold them.
  package var onlyLocal: [Entry]
  /// Change sets only there though both may hold them.
  package var onlyRemote: [Entry]
  /// Places of chains with two ids.
  package var differing: [Place]
  /// How many there are of `onlyLocal`, also those it does not name.
  package var onlyLocalTotal: Int
  /// How many there are of `onlyRemote`, also those it does not name.
  package var onlyRemoteTotal: Int
  /// How many there are of `differing`, also those it does not name.
  package var differingTotal: Int
  /// What could not be compared.
  package var errors: [Fault]
  /// Change sets fetched and stored.
  package var repaired: Int
  /// Change sets of a plan that do not differ any more as it says, and were left alone.
  package var skipped: [Planned]
  /// Requests sent.
  package var roundTrips: Int
  /// Bytes sent and received in bodies.
  package var bytes: Int
  /// How long it took.
  package var milliseconds: Int
  /// Whether a list had more entries than it names.
  package var isTruncated: Bool

  /// Whether the three lists and the errors are empty.
  package var isConsistent: Bool {
    onlyLocal.isEmpty && onlyRemote.isEmpty && differing.isEmpty && errors.isEmpty
  }

  /// An empty report.
  package init(peer: AgencyCode) {
    self.peer = peer
    sharedDossiers = 0
    equal = 0
    inFlight = 0
    onlyLocal = []
    onlyRemote = []
    differing = []
    onlyLocalTotal = 0
    onlyRemoteTotal = 0
    differingTotal = 0
    errors = []
    repaired = 0
    skipped = []
    roundTrips = 0
    bytes = 0
    milliseconds = 0
    isTruncated = false
  }
}
