package import Ledger

/// One row derived from the log that is not what the log gives.
package struct RowDifference: Sendable, Hashable {
  /// What is wrong with it.
  package enum Kind: String, Sendable {
    /// The row is there with other values.
    case changed
    /// The log gives a row that is not there.
    case missing
    /// A row is there that the log does not give.
    case extra
  }

  /// The table with its schema.
  package var table: String
  /// The row's key as text.
  package var id: String
  /// What is wrong.
  package var kind: Kind
  /// The dossier it belongs to; nil where a table knows none.
  package var dossier: DossierID?
  /// The digest of the row as it was found; nil when it was missing, or is named by its key alone.
  ///
  /// With it a plan says what it wants to replace: a row that has changed since has another.
  package var seen: Hash256?
  /// The digest of the row as the log gives it; nil when it is extra, or is named by its key alone.
  package var due: Hash256?

  /// Makes a difference.
  package init(
    table: String, id: String, kind: Kind, dossier: DossierID? = nil, seen: Hash256? = nil,
    due: Hash256? = nil
  ) {
    self.table = table
    self.id = id
    self.kind = kind
    self.dossier = dossier
    self.seen = seen
    self.due = due
  }
}
