import Casework
import Exchange
import Ledger
import Synchronization

/// The fold of production as a store in memory takes it: records are judged as they come, and
/// only what they touch is asked anew.
final class CaseworkProjection: Sendable {
  private struct Kept {
    var fold: CaseworkFold
    var read: Set<ChangeSetID>
  }

  private let kept = Mutex<[DossierID: Kept]>([:])
  private let listsAttachments: Bool

  /// Folds; without attachments where a run has none, for they are looked for in every fold.
  init(listsAttachments: Bool) {
    self.listsAttachments = listsAttachments
  }

  /// What `MemoryStore` asks for.
  func projection(of graph: DossierGraph, _ directory: Directory?) -> MemoryProjection {
    guard let directory else { return MemoryProjection(rows: [], digest: nil) }
    if graph.isDirectory {
      return MemoryProjection(
        rows: DirectoryRows.rows(directory).map(Self.row),
        digest: CopyText.digest(DirectoryRows.rows(directory)))
    }
    let folded = folded(graph, directory)
    return MemoryProjection(
      rows: folded.rows.map(Self.row), digest: folded.digest,
      attachments: listsAttachments ? Self.attachments(folded) : [])
  }

  /// What a dossier says, for who writes in it: the fold that is kept, moved on.
  func folded(_ graph: DossierGraph, _ directory: Directory) -> FoldedDossier {
    kept.withLock { kept in
      var mine =
        kept.removeValue(forKey: graph.id) ?? Kept(fold: CaseworkFold(graph.id), read: [])
      // What a transaction that was undone has judged is judged no more.
      if !mine.read.allSatisfy(graph.contains) {
        mine = Kept(fold: CaseworkFold(graph.id), read: [])
      }
      let folded = mine.fold.advance(to: graph, roster: directory)
      mine.read = Set(graph.order)
      kept[graph.id] = mine
      return folded
    }
  }

  /// The digest of a dossier folded from nothing.
  static func fromScratch(_ graph: DossierGraph, _ directory: Directory) -> Hash256? {
    if graph.isDirectory { return CopyText.digest(rows(ofDirectory: graph)) }
    return CaseworkFold.full(graph, roster: directory).folded(graph).digest
  }

  private static func rows(ofDirectory graph: DossierGraph) -> [ProjectedRow] {
    Directory(graph: graph).map(DirectoryRows.rows) ?? []
  }

  private static func attachments(_ folded: FoldedDossier) -> [ListedAttachment] {
    folded.attachments.compactMap { change, part, listed in
      listed.attachment.content.map { content in
        ListedAttachment(
          place: AttachmentPlace(change: change, part: part, position: listed.position),
          dossier: folded.id, record: listed.record, index: listed.index, content: content)
      }
    }
  }

  private static func row(_ row: ProjectedRow) -> MemoryRow {
    let keys = Tables.table(row.table)?.keyPositions ?? []
    let key = CopyText.line(ProjectedRow(table: row.table, cells: keys.map { row.cells[$0] }))
    return MemoryRow(table: row.table, id: key, cells: CopyText.line(row))
  }
}
