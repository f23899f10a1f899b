import Casework
import Ledger
import Testing

/// The rows of a dossier as a node keeps them: a step writes and removes only those that it may
/// have changed.
struct KeptRows {
  /// The rows, by table and key.
  private(set) var rows: [[Cell]: ProjectedRow] = [:]
  /// What the last step changed; nil when all rows were made.
  private(set) var changed: ChangedRows?
  private var fold: CaseworkFold
  private var origins: RowOrigins?

  init(_ dossier: DossierID) { fold = CaseworkFold(dossier) }

  /// Moves on to a graph, and compares all that is kept with a fold from nothing.
  mutating func advance(to graph: DossierGraph, _ directory: Directory) throws {
    let folded = fold.advance(to: graph, roster: directory)
    let whole = CaseworkFold.full(graph, roster: directory).folded(graph)
    #expect(folded.referrals == whole.referrals && folded.handlings == whole.handlings)
    #expect(folded.items == whole.items && folded.minutes == whole.minutes)
    #expect(folded.courses == whole.courses && folded.reviews == whole.reviews)
    #expect(folded.entries == whole.entries)
    changed = origins.flatMap { folded.changedRows(since: $0) }
    if let changed {
      for row in changed.former { rows[try Self.key(row)] = nil }
      for row in changed.present { rows[try Self.key(row)] = row }
    } else {
      rows = [:]
      for row in folded.rows { rows[try Self.key(row)] = row }
    }
    origins = folded.origins
    #expect(CopyText.ordered(Array(rows.values)) == whole.rows)
    #expect(folded.digest == whole.digest)
  }

  private static func key(_ row: ProjectedRow) throws -> [Cell] {
    let table = try #require(Tables.table(row.table))
    return [.text(row.table)] + table.keyPositions.map { row.cells[$0] }
  }
}
