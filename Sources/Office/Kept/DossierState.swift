import Ledger

/// How a dossier stood when something was made of it: what is equal is folded to the same.
struct DossierState: Hashable, Sendable {
  /// The dossier.
  let dossier: DossierID
  /// Its item: equal items are equal change sets.
  let item: Hash256
  /// The transaction that wrote its row last.
  ///
  /// A part that comes later or is destroyed changes no item; it writes the row again.
  let writtenBy: Int
}
