package import Ledger

/// What a plan wants repaired of the own ledger and tables, and nothing else.
package struct SelfCheckPlan: Sendable {
  /// The holes to fill.
  package let plannedHoles: [SelfCheckReport.Hole]
  /// The rows to make again, each as the plan saw it.
  package let plannedRows: [RowDifference]

  /// The ids of the holes.
  let holes: Set<ChangeSetID>

  private let byDossier: [DossierID: [RowDifference]]

  /// Takes what a plan names; a row without a dossier is none of the log's.
  package init(holes: [SelfCheckReport.Hole], rows: [RowDifference]) {
    plannedHoles = holes
    plannedRows = rows
    self.holes = Set(holes.map(\.id))
    byDossier = Dictionary(
      grouping: rows.filter { $0.dossier != nil && $0.table != RowDifference.pieces },
      by: { $0.dossier ?? DossierID(.zero) })
  }

  /// How many changes it wants.
  package var count: Int { plannedHoles.count + plannedRows.count }

  /// Every dossier that it names, ascending.
  package var dossiers: [DossierID] {
    Set(plannedHoles.map(\.dossier) + plannedRows.compactMap(\.dossier)).sorted()
  }

  /// The ids of the pieces of attachments that it names.
  var pieces: Set<String> {
    Set(plannedRows.filter { $0.table == RowDifference.pieces }.map(\.id))
  }

  /// Whether it names a sum for comparisons; these are made anew together.
  var namesSums: Bool { plannedRows.contains { RowDifference.sums.contains($0.table) } }

  /// The planned rows of a dossier.
  func rows(of dossier: DossierID) -> [RowDifference] { byDossier[dossier] ?? [] }
}

extension RowDifference {
  /// The tables of the sums for comparisons, which belong to no dossier.
  static let sums = ["ledger.audience", "ledger.item_sum", "ledger.dossier_count"]

  /// The table of the pieces of attachments, which is repaired by fetching.
  static let pieces = "ledger.piece"
}
