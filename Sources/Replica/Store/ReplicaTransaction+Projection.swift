package import Casework
package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  package func project(_ graphs: [DossierGraph], directory: Directory?) throws {
    try beginWrite()
    guard !graphs.isEmpty else { return }
    var folded: [DossierID: FoldedLog] = [:]
    for graph in graphs { folded[graph.id] = try fold(graph, directory: directory) }
    // What the marks agree with was noted with the step before.
    let kept = session.pending.graphs
    let open = graphs.filter { graph in
      folded[graph.id].flatMap { kept[graph.id]?.marks?.agrees(with: $0) } != true
    }
    if !open.isEmpty {
      let outdated = open.map(\.id).filter { folded[$0]?.needsUpgrade == true }
      try renew(open.flatMap { folded[$0.id]?.attachments ?? [] }, of: open)
      try note(outdated, among: open.map(\.id))
    }
    let written = try write(folded)
    for graph in graphs {
      guard let log = folded[graph.id] else { continue }
      session.keep(
        DossierCard(log, of: graph, writing: written[graph.id] ?? []), of: graph.id)
    }
  }

  /// What a step asks about the rows of a dossier; nil when this process has not written them last,
  /// and they have to be read.
  ///
  /// - Parameter dossier: the dossier.
  /// - Returns: the card; nothing is loaded to make one.
  /// - Throws: what the database refuses.
  package func card(of dossier: DossierID) throws -> DossierCard? {
    if let own = session.pending.graphs[dossier] { return own.card }
    guard let stamp = try stamps([dossier])[dossier] else { return nil }
    return session.cache.graph(dossier, at: stamp)?.card
  }

  /// Makes the rows of dossiers what the fold gives: against the marks of what was written last,
  /// or against the disk where there are none.
  ///
  /// - Returns: the rows that were written, and where there were no marks all of them.
  private func write(_ folded: [DossierID: FoldedLog]) throws -> [DossierID: [ProjectedRow]] {
    var written: [String: [ProjectedRow]] = [:]
    var removed: [String: [RowKey]] = [:]
    var unmarked: [DossierID: [ProjectedRow]] = [:]
    var ofDossier: [DossierID: [ProjectedRow]] = [:]
    for (dossier, log) in folded {
      guard var marks = session.pending.graphs[dossier]?.marks else {
        unmarked[dossier] = log.rows
        continue
      }
      let change = marks.renew(log)
      for row in change.written { written[row.table, default: []].append(row) }
      ofDossier[dossier] = change.written
      for key in change.removed { removed[key.table, default: []].append(key) }
      session.mark(dossier, marks)
    }
    if !unmarked.isEmpty {
      let onDisk = try Projection.rows(
        of: unmarked.keys.map(\.bytes), in: Projection.tables, sql)
      let comparison = RowComparison(folded: unmarked.values.flatMap(\.self), onDisk: onDisk)
      written.merge(comparison.written) { $0 + $1 }
      removed.merge(comparison.removed) { $0 + $1 }
      for (dossier, rows) in unmarked {
        if let log = folded[dossier] { session.mark(dossier, RowMarks(rows, of: log)) }
      }
    }
    try Projection.write(written, removing: removed, sql)
    return ofDossier.merging(unmarked) { $1 }
  }

  package func project(
    _ graph: DossierGraph, directory: Directory?, only rows: [RowDifference]
  ) throws {
    try beginWrite()
    let folded = try fold(graph, directory: directory, past: true)
    let onDisk = try Projection.rows(of: [graph.id.bytes], in: Projection.tables, sql)
    let comparison = RowComparison(folded: folded.rows, onDisk: onDisk).limited(to: Set(rows))
    try Projection.write(comparison.written, removing: comparison.removed, sql)
    let places = Set(rows.filter { $0.table == Self.attachmentTable }.map(\.id))
    if !places.isEmpty {
      try renew(folded.attachments, of: [graph]) { places.contains("\($0)") }
    }
    try renewDerived(rows, of: graph, needsUpgrade: folded.needsUpgrade)
  }

  package func compare(
    _ graphs: [DossierGraph], directory: Directory?
  ) throws -> [DossierID: (rows: Int, differences: [RowDifference])] {
    guard !graphs.isEmpty else { return [:] }
    let ids = graphs.map(\.id)
    var onDisk = Projection.byDossier(
      try Projection.rows(of: ids.map(\.bytes), in: Projection.tables, sql))
    let noted = Dictionary(grouping: try attachments(of: ids), by: \.dossier)
    let kept = try derivedRows(of: ids)
    var result: [DossierID: (rows: Int, differences: [RowDifference])] = [:]
    for graph in graphs {
      let folded = try fold(graph, directory: directory, past: true)
      let (rows, listed) = (folded.rows, folded.attachments)
      let comparison = RowComparison(
        folded: rows, onDisk: onDisk.removeValue(forKey: graph.id.bytes) ?? [])
      let derived = DerivedRows(graph, needsUpgrade: folded.needsUpgrade)
      result[graph.id] = (
        rows.count + listed.count + derived.rows.count,
        comparison.differences(of: graph.id)
          + Self.differences(of: listed, noted: noted[graph.id] ?? [], in: graph)
          + derived.differences(onDisk: kept[graph.id] ?? DerivedRows(), of: graph.id)
      )
    }
    return result
  }

  package func digest(of dossier: DossierID) throws -> Hash256? {
    // The row says it of the open records alone, the ledger of the sealed ones too.
    let needsUpgrade = try sql.value(
      """
      SELECT coalesce(c.upgrade_needed, l.needs_upgrade) FROM ledger.dossier AS l
      LEFT JOIN casework.dossier AS c ON c.dossier = l.id WHERE l.id = \(dossier)
      """, as: Bool.self)
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
    guard let kept = try cachedGraphs([dossier])[dossier] else { return nil }
    let directory = try directory()
    if let directory, session.pending.graphs[dossier] == nil {
      var fold = kept.fold ?? CaseworkFold(dossier)
      let folded = fold.advance(to: kept.graph, roster: directory)
      if kept.fold == nil, let stamp = kept.stamp {
        session.cache.keep(fold, of: dossier, at: stamp)
      }
      return folded
    }
    return try foldedCasework(kept.graph, directory: directory, past: false)
  }

  /// What a graph gives to the tables.
  private func fold(
    _ graph: DossierGraph, directory: Directory?, past cache: Bool = false
  ) throws -> FoldedLog {
    if graph.isDirectory { return FoldedLog(Directory(graph: graph)) }
    return FoldedLog(try foldedCasework(graph, directory: directory, past: cache))
  }

  private func foldedCasework(
    _ graph: DossierGraph, directory: Directory?, past cache: Bool
  ) throws -> FoldedDossier {
    guard let directory else {
      return CaseworkFold.full(graph, roster: NoRoster()).folded(graph)
    }
    // What cannot be kept needs no notes of what was asked.
    guard !cache, let kept = session.pending.graphs[graph.id],
      kept.fold != nil || session.hasRoom
    else { return CaseworkFold.full(graph, roster: directory).folded(graph) }
    var fold = kept.fold ?? CaseworkFold(graph.id)
    let folded = fold.advance(to: graph, roster: directory)
    session.keep(fold, of: graph.id)
    return folded
  }
}

/// The roster of a node without a directory: nobody is known.
private struct NoRoster: Roster {
  func kind(of agency: AgencyCode, at entry: ChangeSetID) -> AgencyKind? { nil }
  func people(of agency: AgencyCode, at entry: ChangeSetID) -> [Person] { [] }
  func host(of agency: AgencyCode, at entry: ChangeSetID) -> AgencyCode { agency }
}
