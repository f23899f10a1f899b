package import Casework
package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  package func project(_ graphs: [DossierGraph], directory: Directory?) throws {
    try beginWrite()
    guard !graphs.isEmpty else { return }
    var folded: [DossierID: [ProjectedRow]] = [:]
    var outdated: [DossierID] = []
    var listed: [ListedAttachment] = []
    for graph in graphs {
      let (rows, attachments, needsUpgrade) = try fold(graph, directory: directory)
      folded[graph.id] = rows
      listed += attachments
      if needsUpgrade { outdated.append(graph.id) }
    }
    try renew(listed, of: graphs)
    try write(folded)
    try note(outdated, among: graphs.map(\.id))
  }

  /// Makes the rows of dossiers what the fold gives: against the marks of what was written last,
  /// or against the disk where there are none.
  private func write(_ folded: [DossierID: [ProjectedRow]]) throws {
    var written: [String: [ProjectedRow]] = [:]
    var removed: [String: [RowKey]] = [:]
    var unmarked: [DossierID] = []
    for (dossier, rows) in folded {
      guard var marks = session.pending.graphs[dossier]?.marks else {
        unmarked.append(dossier)
        continue
      }
      let change = marks.renew(rows)
      for row in change.written { written[row.table, default: []].append(row) }
      for key in change.removed { removed[key.table, default: []].append(key) }
      session.mark(dossier, marks)
    }
    if !unmarked.isEmpty {
      let onDisk = try Projection.rows(
        of: unmarked.map(\.bytes), in: Projection.tables, sql)
      let comparison = RowComparison(
        folded: unmarked.flatMap { folded[$0] ?? [] }, onDisk: onDisk)
      written.merge(comparison.written) { $0 + $1 }
      removed.merge(comparison.removed) { $0 + $1 }
      for dossier in unmarked { session.mark(dossier, RowMarks(folded[dossier] ?? [])) }
    }
    try Projection.write(written, removing: removed, sql)
  }

  package func project(
    _ graph: DossierGraph, directory: Directory?, only rows: [RowDifference]
  ) throws {
    try beginWrite()
    let (folded, listed, needsUpgrade) = try fold(graph, directory: directory, past: true)
    let onDisk = try Projection.rows(of: [graph.id.bytes], in: Projection.tables, sql)
    let comparison = RowComparison(folded: folded, onDisk: onDisk).limited(to: Set(rows))
    try Projection.write(comparison.written, removing: comparison.removed, sql)
    let places = Set(rows.filter { $0.table == Self.attachmentTable }.map(\.id))
    if !places.isEmpty {
      try renew(listed, of: [graph]) { places.contains("\($0)") }
    }
    try renewDerived(rows, of: graph, needsUpgrade: needsUpgrade)
  }

  package func compare(
    _ graph: DossierGraph, directory: Directory?
  ) throws -> (rows: Int, differences: [RowDifference]) {
    let (folded, listed, needsUpgrade) = try fold(graph, directory: directory, past: true)
    let onDisk = try Projection.rows(of: [graph.id.bytes], in: Projection.tables, sql)
    let comparison = RowComparison(folded: folded, onDisk: onDisk)
    let noted = try differences(of: listed, in: graph)
    let derived = DerivedRows(graph, needsUpgrade: needsUpgrade)
    let kept = derived.differences(onDisk: try derivedRows(of: graph.id), of: graph.id)
    return (
      folded.count + listed.count + derived.rows.count,
      comparison.differences(of: graph.id) + noted + kept
    )
  }

  package func digest(of dossier: DossierID) throws -> Hash256? {
    let needsUpgrade = try sql.value(
      "SELECT needs_upgrade FROM ledger.dossier WHERE id = \(dossier)", as: Bool.self)
    guard needsUpgrade == false else { return nil }
    let open = Projection.tables.filter { !$0.isSealed }
    return CopyText.digest(try Projection.rows(of: [dossier.bytes], in: open, sql))
  }

  /// What a dossier says now, for whoever decides on it in this transaction.
  ///
  /// The records judged so far are kept with the graph, so only what is new is judged.
  /// - Parameter dossier: the dossier.
  /// - Returns: its fold; nil when nothing of it is stored.
  /// - Throws: when the log of the dossier is damaged.
  package func folded(_ dossier: DossierID) throws -> FoldedDossier? {
    guard let graph = try graphs([dossier])[dossier] else { return nil }
    return try foldedCasework(graph, directory: try directory(), past: false)
  }

  /// The rows and attachments that a graph gives, and whether it holds records this build does not
  /// know.
  private func fold(
    _ graph: DossierGraph, directory: Directory?, past cache: Bool = false
  ) throws -> (rows: [ProjectedRow], attachments: [ListedAttachment], needsUpgrade: Bool) {
    if graph.isDirectory {
      return (Directory(graph: graph).map(DirectoryRows.rows) ?? [], [], false)
    }
    let folded = try foldedCasework(graph, directory: directory, past: cache)
    return (folded.rows, folded.listedAttachments, folded.needsUpgrade)
  }

  private func foldedCasework(
    _ graph: DossierGraph, directory: Directory?, past cache: Bool
  ) throws -> FoldedDossier {
    guard let directory else {
      return CaseworkFold.full(graph, roster: NoRoster()).folded(graph)
    }
    guard !cache, var kept = session.pending.graphs[graph.id] else {
      return CaseworkFold.full(graph, roster: directory).folded(graph)
    }
    var fold = kept.fold ?? CaseworkFold(graph.id)
    fold.extend(graph, roster: directory)
    kept.fold = fold
    session.keep(kept)
    return fold.folded(graph)
  }
}

/// The roster of a node without a directory: nobody is known.
private struct NoRoster: Roster {
  func kind(of agency: AgencyCode, at entry: ChangeSetID) -> AgencyKind? { nil }
  func people(of agency: AgencyCode, at entry: ChangeSetID) -> [Person] { [] }
  func host(of agency: AgencyCode, at entry: ChangeSetID) -> AgencyCode { agency }
}
