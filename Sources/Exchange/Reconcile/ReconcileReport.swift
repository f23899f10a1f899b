package import Ledger

/// What a comparison with a peer found: exactly the fields that `reconcile --peer --json` prints.
///
/// Lists hold up to `Limits.reportEntriesMax` entries; `isTruncated` says when one had more.
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

  /// Why a part of the comparison could not be made.
  package struct Fault: Sendable, Equatable {
    /// A stable word.
    package var code: String
    /// What it concerns, safe to show.
    package var detail: String

    /// Makes a fault.
    package init(code: String, detail: String) {
      self.code = code
      self.detail = detail
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
  /// What could not be compared.
  package var errors: [Fault]
  /// Change sets fetched and stored.
  package var repaired: Int
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
    errors = []
    repaired = 0
    roundTrips = 0
    bytes = 0
    milliseconds = 0
    isTruncated = false
  }
}
