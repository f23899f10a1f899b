package import Ledger

/// What checking one's own log and tables found: the fields that `reconcile --self --json` prints.
package struct SelfCheckReport: Sendable, Equatable {
  /// A change set that should be here, whole, and is not.
  package struct Hole: Sendable, Hashable {
    /// Its id.
    package var id: ChangeSetID
    /// Its dossier.
    package var dossier: DossierID
    /// Its author, when anything here still tells it.
    package var author: AgencyCode?
    /// Its sequence, when anything here still tells it.
    package var sequence: UInt64?

    /// Makes a hole.
    package init(id: ChangeSetID, dossier: DossierID, author: AgencyCode?, sequence: UInt64?) {
      self.id = id
      self.dossier = dossier
      self.author = author
      self.sequence = sequence
    }
  }

  /// Change sets whose bytes, hashes, seal and ancestors were checked.
  package var changeSetsChecked: Int
  /// Rows that the fold gives and that were compared.
  package var rowsChecked: Int
  /// Dossiers with a hole: what their rows should be is not known, so none of them was compared.
  package var dossiersUncompared: Int
  /// Change sets to fetch from a member.
  package var holes: [Hole]
  /// Rows that are not what the log gives.
  package var differing: [RowDifference]
  /// Holes filled and rows made again.
  package var repaired: Int
  /// Holes of a plan that are none any more, and were left alone.
  package var skippedHoles: [Hole]
  /// Rows of a plan that are not as it saw them any more, and were left alone.
  package var skippedRows: [RowDifference]
  /// The last dossier looked at; nil when none was left.
  package var last: DossierID?
  /// How many holes there are, also those that `holes` does not name.
  package private(set) var holesTotal: Int
  /// How many rows differ, also those that `differing` does not name.
  package private(set) var differingTotal: Int
  /// Whether a list had more entries than it names.
  package var isTruncated: Bool

  /// Whether nothing is wrong.
  package var isConsistent: Bool { holes.isEmpty && differing.isEmpty }

  /// Holes and rows found, also those that no list names.
  package var found: Int { holesTotal + differingTotal }

  /// An empty report.
  package init() {
    changeSetsChecked = 0
    rowsChecked = 0
    dossiersUncompared = 0
    holes = []
    differing = []
    repaired = 0
    skippedHoles = []
    skippedRows = []
    holesTotal = 0
    differingTotal = 0
    isTruncated = false
  }

  /// Adds what another stretch of dossiers gave.
  package mutating func add(_ other: SelfCheckReport) {
    changeSetsChecked += other.changeSetsChecked
    rowsChecked += other.rowsChecked
    dossiersUncompared += other.dossiersUncompared
    repaired += other.repaired
    skippedHoles += other.skippedHoles
    skippedRows += other.skippedRows
    isTruncated = isTruncated || other.isTruncated
    holesTotal += max(other.holesTotal, other.holes.count)
    differingTotal += max(other.differingTotal, other.differing.count)
    holes += other.holes
    differing += other.differing
    if holes.count > Limits.reportEntriesMax {
      isTruncated = true
      holes.removeLast(holes.count - Limits.reportEntriesMax)
    }
    if differing.count > Limits.reportEntriesMax {
      isTruncated = true
      differing.removeLast(differing.count - Limits.reportEntriesMax)
    }
  }
}
