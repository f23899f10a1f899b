import Ledger

/// What the rows of a dossier were made from, to tell later which of them may be others.
package struct RowOrigins: Sendable {
  fileprivate let dossier: DossierID
  fileprivate let general: [ProjectedRow]
  fileprivate let records: [FoldedRecord]
  fileprivate let reviews: [FoldedDossier.Review]
}

/// The rows of a dossier that may be others than before.
package struct ChangedRows: Sendable {
  /// Rows with the keys of those that were there.
  package var former: [ProjectedRow]
  /// Those that are there now.
  package var present: [ProjectedRow]

  /// Names the rows.
  package init(former: [ProjectedRow], present: [ProjectedRow]) {
    self.former = former
    self.present = present
  }
}

extension FoldedDossier {
  /// What the rows are made from; it holds no row but the few that stand for no single record.
  package var origins: RowOrigins {
    RowOrigins(dossier: id, general: generalRows, records: records, reviews: reviews)
  }

  /// The rows that may be others than those of an earlier state, without making any other row.
  ///
  /// Every row that is not among them is the same in both states. It costs a comparison of two
  /// references for every record, and the making of rows only for records of which something else
  /// is said.
  ///
  /// - Returns: the rows; nil when all may be others.
  package func changedRows(since earlier: RowOrigins) -> ChangedRows? {
    // A mark for review is shown at other records than those that bear it.
    guard earlier.dossier == id, earlier.reviews == reviews else { return nil }
    var changed = ChangedRows(former: earlier.general, present: generalRows)
    var (left, right) = (earlier.records[...], records[...])
    while true {
      switch (left.first, right.first) {
      case (nil, nil): return changed
      case (let old?, let new?) where old === new:
        left.removeFirst()
        right.removeFirst()
      case (let old?, let new):
        if let new, new.entry.place <= old.entry.place {
          changed.present += rows(of: new)
          right.removeFirst()
          if new.entry.place < old.entry.place { continue }
        }
        changed.former += rows(of: old)
        left.removeFirst()
      case (nil, let new?):
        changed.present += rows(of: new)
        right.removeFirst()
      }
    }
  }
}
