package import Ledger

/// One transaction of a `MemoryStore`.
package struct MemoryTransaction: StoreTransaction, ~Copyable {
  let session: MemorySession

  var contents: MemoryContents { session.contents }

  package func node() throws -> NodeRecord {
    guard let node = session.contents.node else {
      throw ExchangeError(
        .notInitialized, "the store has no record about its node",
        hint: "run guantong init in this directory first")
    }
    return node
  }

  package func save(_ node: NodeRecord) throws {
    try session.beginWrite()
    session.set(\.node, node)
  }

  package func directory() throws -> Directory? {
    if var kept = session.contents.directory {
      guard !session.contents.directoryAhead.isEmpty else { return kept }
      for changeSet in session.contents.directoryAhead { kept.insert(changeSet) }
      keep(kept)
      return kept
    }
    guard let pinned = session.contents.node?.directory, let graph = try graph(of: pinned)
    else { return nil }
    guard let directory = Directory(graph: graph) else {
      throw ExchangeError(.corrupt, "the directory's first entry founds nothing")
    }
    if !directory.isHoled { keep(directory) }
    return directory
  }

  package func graphs(_ dossiers: [DossierID]) throws -> [DossierID: DossierGraph] {
    let found = try wholeGraphs(dossiers)
    guard let holed = found.holed.min() else { return found.graphs }
    throw ExchangeError.hole(in: holed)
  }

  package func wholeGraphs(
    _ dossiers: [DossierID]
  ) throws -> (graphs: [DossierID: DossierGraph], holed: Set<DossierID>) {
    var graphs: [DossierID: DossierGraph] = [:]
    var holed: Set<DossierID> = []
    for dossier in dossiers {
      guard let graph = try graph(of: dossier) else { continue }
      // To write upon it could use a sequence of our own chain twice.
      if graph.hole != nil, !session.isReadOnly {
        holed.insert(dossier)
      } else {
        graphs[dossier] = graph
      }
    }
    return (graphs, holed)
  }

  /// The graph of what is there of a dossier, with the hole of its log noted; nil for nothing.
  private func graph(of dossier: DossierID) throws -> DossierGraph? {
    if let kept = session.contents.graphs[dossier] { return kept }
    guard let ids = session.contents.log[dossier], !ids.isEmpty else { return nil }
    let isDirectory = dossier == session.contents.node?.directory
    var graph = DossierGraph(dossier)
    let known = isDirectory ? nil : try directory()
    // Where a hole was filled, an ancestor stands behind its descendants.
    var rest = ids.compactMap { session.contents.rows[$0]?.changeSet }
    var count = -1
    while graph.count > count, !rest.isEmpty {
      count = graph.count
      graph.insert(contentsOf: rest, directory: known)
      rest.removeAll { graph.contains($0.id) }
    }
    let summary = session.contents.summaries[dossier]
    let isCounted = graph.count == summary?.count || session.mistake == .overlooksHole
    if graph.count == ids.count, isCounted {
      session.contents.graphs[dossier] = graph
    } else {
      graph.hole = LogHole(summary)
    }
    return graph
  }

  package func received(
    writtenBy agencies: [AgencyCode], under keys: [KeyID]?, since: Timestamp, limit: Int
  ) throws -> [ChangeSetID] {
    let rows = session.contents.rows.values.filter { row in
      row.sender != nil && row.storedAt >= since
        && keys?.contains(row.changeSet.header.key) != false
        && agencies.contains(row.changeSet.header.author)
    }
    return rows.sorted { ($0.storedAt, $0.changeSet.id) < ($1.storedAt, $1.changeSet.id) }
      .prefix(limit).map(\.changeSet.id)
  }

  package func locate(_ ids: [ChangeSetID]) throws -> [ChangeSetID: DossierID] {
    var result: [ChangeSetID: DossierID] = [:]
    for id in ids {
      if let row = session.contents.rows[id] { result[id] = row.changeSet.dossier }
    }
    return result
  }

  package func changeSets(_ ids: [ChangeSetID]) throws -> [StoredChangeSet] {
    ids.compactMap { session.contents.rows[$0]?.changeSet }
  }

  package func put(_ entries: [LogEntry], graphs: [DossierGraph]) throws {
    try session.beginWrite()
    let known = Dictionary(graphs.map { ($0.id, $0) }) { first, _ in first }
    for entry in entries { store(entry.withoutDestroyed(in: known[entry.changeSet.dossier])) }
    for graph in graphs {
      try erase(graph.destroyed, in: graph.id)
      let isStale = session.mistake == .staleGraph && graph.count % 11 == 5
      if !isStale { session.set(\.graphs, graph.id, graph) }
      session.set(\.summaries, graph.id, DossierSummary(graph))
      if graph.id == session.contents.node?.directory {
        let fresh = entries.map(\.changeSet).filter { $0.dossier == graph.id }
        session.set(\.directoryAhead, session.contents.directoryAhead + fresh)
      }
    }
  }

  package func erase(_ places: [PartPlace], in dossier: DossierID) throws {
    try session.beginWrite()
    for place in places {
      if var row = session.contents.rows[place.change], row.changeSet.parts[place.part] != nil {
        row.changeSet.withhold(place.part)
        session.set(\.rows, place.change, row)
        session.set(\.graphs, dossier, nil)
      }
      try unlist(
        session.contents.attachments.keys.filter {
          $0.change == place.change && $0.part == place.part
        })
    }
  }

  package func lacking(
    of dossier: DossierID?, from start: ChangeSetID, limit: Int
  ) throws -> [ChangeSetID: DossierID] {
    let all = session.contents.summaries.values.filter { dossier == nil || $0.dossier == dossier }
      .flatMap { summary in
        summary.lacking.compactMap { id in
          session.contents.rows[id].map { (id, summary.dossier, $0.changeSet.header.author) }
        }
      }
    let turns = Dictionary(grouping: all) { $0.2 }.flatMap { author, lacking in
      lacking.sorted { ($0.0 < start ? 1 : 0, $0.0) < ($1.0 < start ? 1 : 0, $1.0) }.enumerated()
        .map { (turn: $0.offset, author: author, id: $0.element.0, dossier: $0.element.1) }
    }
    let first = turns.sorted { ($0.turn, $0.author) < ($1.turn, $1.author) }.prefix(limit)
    return Dictionary(uniqueKeysWithValues: first.map { ($0.id, $0.dossier) })
  }

  /// Keeps the directory with everything that was put of it; without one it is folded when asked
  /// for.
  private func keep(_ directory: Directory) {
    session.set(\.directory, directory)
    session.set(\.directoryAhead, [])
  }

  private func store(_ entry: LogEntry) {
    let id = entry.changeSet.id
    let dossier = entry.changeSet.dossier
    if let row = session.contents.rows[id] {
      var grown = row
      grown.changeSet.add(entry.changeSet.parts)
      session.set(\.rows, id, grown)
      return
    }
    session.set(
      \.rows, id,
      MemoryContents.Row(
        changeSet: entry.changeSet, sender: entry.sender, storedAt: entry.storedAt))
    session.set(\.log, dossier, (session.contents.log[dossier] ?? []) + [id])
    let author = entry.changeSet.header.author
    if session.contents.writers[author]?.contains(dossier) != true {
      session.set(
        \.writers, author, (session.contents.writers[author] ?? []).union([dossier]))
    }
  }

  package func project(_ graphs: [DossierGraph], directory: Directory?) throws {
    try session.beginWrite()
    for graph in graphs {
      // Whoever projects the directory has taken its new entries in already.
      if let directory, directory.id == graph.id, directory.graph.count == graph.count,
        session.contents.directory != nil
      {
        keep(directory)
      }
      var projection = try session.fold(graph, directory)
      if session.mistake == .keepsOldRows, let old = session.contents.projections[graph.id] {
        let kept = Dictionary(old.rows.map { ([$0.table, $0.id], $0) }) { first, _ in first }
        let rows = projection.rows.map { kept[[$0.table, $0.id]] ?? $0 }
        projection = MemoryProjection(
          rows: rows, digest: .sha256(rows.flatMap { Array($0.cells.utf8) }),
          attachments: projection.attachments)
      }
      session.set(\.projections, graph.id, projection)
      try list(projection.attachments)
    }
  }

  package func dossiers(
    writtenBy agency: AgencyCode, after: DossierID?, limit: Int
  ) throws -> [DossierID] {
    Self.page(session.contents.writers[agency] ?? [], after: after, limit: limit)
  }

  private func shared(
    by local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode]
  ) -> [DossierSummary] {
    let directory = session.contents.node?.directory
    return session.contents.summaries.values.filter { summary in
      summary.dossier != directory
        && local.contains { summary.members.contains($0) }
        && remote.contains { summary.members.contains($0) }
        && !barred.contains { summary.excluded.contains($0) }
    }
  }

  package func items(
    sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode]
  ) throws -> [Hash256] {
    shared(by: local, with: remote, barred: barred).map(\.item)
  }

  package func sums(
    by grain: LeafSum.Grain, sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [LeafSum]? {
    LeafSum.sums(of: try items(sharedBy: local, with: remote, barred: barred), by: grain)
  }

  package func count(
    sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode]
  ) throws -> Int {
    shared(by: local, with: remote, barred: barred).count
  }

  package func items(
    in leaves: [Int], sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [Hash256] {
    let wanted = Set(leaves)
    return try items(sharedBy: local, with: remote, barred: barred)
      .filter { wanted.contains(LeafSum.leaf(of: $0)) }
  }

  package func compareSums(limit: Int) throws -> [RowDifference] { [] }

  package func renewSums() throws { try session.beginWrite() }

  package func dossiers(
    of agencies: [AgencyCode], unsharedBy local: [AgencyCode], barred: [AgencyCode],
    after: DossierID?, limit: Int
  ) throws -> [DossierID] {
    let directory = session.contents.node?.directory
    let shared = Set(shared(by: local, with: agencies, barred: barred).map(\.dossier))
    let found = session.contents.summaries.values.filter { summary in
      summary.dossier != directory && agencies.contains { summary.members.contains($0) }
    }
    return Self.page(
      Set(found.map(\.dossier)).subtracting(shared), after: after, limit: limit)
  }

  package func doubtful(
    sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode],
    authors: [AgencyCode], keys: [KeyID]
  ) throws -> [DossierID: Hash256] {
    let held = Set(
      session.contents.held.values.flatMap(\.values).compactMap { copy in
        copy.excludes.isEmpty ? nil : copy.origin?.dossier
      })
    let keys = Set(keys)
    let found = shared(by: local, with: remote, barred: barred).filter { summary in
      held.contains(summary.dossier)
        || (session.contents.log[summary.dossier] ?? []).contains { id in
          session.contents.rows[id].map { keys.contains($0.changeSet.header.key) } ?? false
        }
    }
    return Dictionary(uniqueKeysWithValues: found.map { ($0.dossier, $0.item) })
  }

  package func dossiers(
    ofItems items: [Hash256], sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [Hash256: DossierID] {
    let wanted = Set(items)
    let found = shared(by: local, with: remote, barred: barred).map { ($0.item, $0.dossier) }
    return Dictionary(uniqueKeysWithValues: found.filter { wanted.contains($0.0) })
  }

  package func locate(
    _ ids: [ChangeSetID], readableBy agencies: [AgencyCode]
  ) throws -> [ChangeSetID: DossierID] {
    let located = try locate(ids)
    let open = try readable(Array(Set(located.values)), by: agencies)
    return located.filter { open.contains($0.value) }
  }

  package func readable(
    _ dossiers: [DossierID], by agencies: [AgencyCode]
  ) throws -> Set<DossierID> {
    Set(
      dossiers.filter { dossier in
        guard let summary = session.contents.summaries[dossier] else { return false }
        return agencies.contains {
          summary.members.contains($0) || summary.former.contains($0)
        }
      })
  }

  package func summaries(_ dossiers: [DossierID]) throws -> [DossierID: DossierSummary] {
    var result: [DossierID: DossierSummary] = [:]
    for dossier in dossiers { result[dossier] = session.contents.summaries[dossier] }
    return result
  }

  package func outdated(after: DossierID?, limit: Int) throws -> [DossierID] {
    let waiting = session.contents.projections.filter { $0.value.digest == nil }
    return Self.page(Set(waiting.keys), after: after, limit: limit)
  }

  package func dossiers(after: DossierID?, limit: Int) throws -> [DossierID] {
    let all = Set(session.contents.log.keys).union(session.contents.summaries.keys)
    return Self.page(all, after: after, limit: limit)
  }

  private static func page(
    _ dossiers: Set<DossierID>, after: DossierID?, limit: Int
  ) -> [DossierID] {
    let sorted = dossiers.filter { id in after.map { $0 < id } ?? true }.sorted()
    return Array(sorted.prefix(limit))
  }
}
