import Casework
import Exchange
import Ledger
import Synchronization

/// The fold of production as a store in memory takes it: records are judged as they come, cards
/// and rows are made when somebody looks.
final class CaseworkProjection: Sendable {
  private struct Kept {
    var fold: CaseworkFold
    var read: Set<ChangeSetID>
  }

  private let kept = Mutex<[DossierID: Kept]>([:])

  /// What `MemoryStore` asks for.
  func projection(of graph: DossierGraph, _ directory: Directory?) -> MemoryProjection {
    if graph.isDirectory {
      return MemoryProjection(
        rows: Self.rows(ofDirectory: graph).map(Self.row),
        digest: CopyText.digest(Self.rows(ofDirectory: graph)))
    }
    guard let directory else { return MemoryProjection(rows: [], digest: nil) }
    let fold = judged(graph, directory)
    return MemoryProjection(
      rows: fold.folded(graph).rows.map(Self.row), digest: fold.folded(graph).digest)
  }

  /// What a dossier says, for who writes in it.
  func folded(_ graph: DossierGraph, _ directory: Directory) -> FoldedDossier {
    judged(graph, directory).folded(graph)
  }

  /// The digest of a dossier folded from nothing.
  static func fromScratch(_ graph: DossierGraph, _ directory: Directory) -> Hash256? {
    CaseworkFold.full(graph, roster: directory).folded(graph).digest
  }

  private func judged(_ graph: DossierGraph, _ directory: Directory) -> CaseworkFold {
    kept.withLock { kept in
      var mine =
        kept.removeValue(forKey: graph.id) ?? Kept(fold: CaseworkFold(graph.id), read: [])
      // What a transaction that was undone has judged is judged no more.
      if !mine.read.allSatisfy(graph.contains) {
        mine = Kept(fold: CaseworkFold(graph.id), read: [])
      }
      mine.fold.extend(graph, roster: directory)
      mine.read = Set(graph.order)
      kept[graph.id] = mine
      return mine.fold
    }
  }

  private static func rows(ofDirectory graph: DossierGraph) -> [ProjectedRow] {
    Directory(graph: graph).map(DirectoryRows.rows) ?? []
  }

  private static func row(_ row: ProjectedRow) -> MemoryRow {
    let keys = Tables.table(row.table)?.keyPositions ?? []
    let key = CopyText.line(ProjectedRow(table: row.table, cells: keys.map { row.cells[$0] }))
    return MemoryRow(table: row.table, id: key, cells: CopyText.line(row))
  }
}
