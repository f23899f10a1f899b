package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  package func directory() throws -> Directory? {
    guard let pinned = try node().directory else { return nil }
    if let kept = session.pending.graphs[pinned] {
      if let directory = kept.directory { return directory }
      guard let directory = Directory(graph: kept.graph) else { throw Self.noFounding }
      var grown = kept
      grown.directory = directory
      session.keep(grown)
      return directory
    }
    guard let stamp = try stamps([pinned])[pinned] else { return nil }
    if let kept = session.cache.graph(pinned, at: stamp), let directory = kept.directory {
      return directory
    }
    let log = try LoadedLog(rows: logged(pinned), of: pinned, directory: nil)
    let summary = try summaries([pinned])[pinned]
    let isWhole = log.isWhole && summary?.count == stamp.changeSets
    var graph = log.graph
    if !isWhole { graph.hole = LogHole(summary) }
    guard let directory = Directory(graph: graph) else { throw Self.noFounding }
    if isWhole {
      session.cache.keep(
        pinned,
        CachedGraph(
          graph: graph, fold: nil, marks: nil, directory: directory, stamp: stamp,
          byteCount: log.byteCount))
    }
    return directory
  }

  private static var noFounding: ExchangeError {
    ExchangeError(
      .corrupt, "the directory's first entry founds nothing",
      hint: "restore a backup, or rebuild the node: guantong node rebuild")
  }

  package func graphs(_ dossiers: [DossierID]) throws -> [DossierID: DossierGraph] {
    try cachedGraphs(dossiers).mapValues(\.graph)
  }

  package func wholeGraphs(
    _ dossiers: [DossierID]
  ) throws -> (graphs: [DossierID: DossierGraph], holed: Set<DossierID>) {
    let found = try wholeCachedGraphs(dossiers)
    return (found.graphs.mapValues(\.graph), found.holed)
  }

  /// Graphs with what is kept beside them; loaded from the log where the cache has nothing.
  func cachedGraphs(_ dossiers: [DossierID]) throws -> [DossierID: CachedGraph] {
    let found = try wholeCachedGraphs(dossiers)
    guard let holed = found.holed.min() else { return found.graphs }
    throw ExchangeError.hole(in: holed)
  }

  private func wholeCachedGraphs(
    _ dossiers: [DossierID]
  ) throws -> (graphs: [DossierID: CachedGraph], holed: Set<DossierID>) {
    let pending = session.pending.graphs
    var result: [DossierID: CachedGraph] = [:]
    var holed: Set<DossierID> = []
    let stamps = try stamps(dossiers.filter { pending[$0] == nil })
    for dossier in dossiers {
      if let own = pending[dossier] {
        result[dossier] = own
      } else if let stamp = stamps[dossier] {
        if let graph = try session.cache.graph(dossier, at: stamp) ?? load(dossier, stamp: stamp) {
          result[dossier] = graph
        } else {
          holed.insert(dossier)
        }
      }
    }
    return (result, holed)
  }

  /// Nil where a log with a hole is to be written upon: that could use a sequence of our own chain
  /// twice.
  private func load(_ dossier: DossierID, stamp: LogStamp) throws -> CachedGraph? {
    let isDirectory = try node().directory == dossier
    let directory = isDirectory ? nil : try directory()
    let log = try LoadedLog(rows: logged(dossier), of: dossier, directory: directory)
    let summary = try summaries([dossier])[dossier]
    let isWhole = log.isWhole && summary?.count == stamp.changeSets
    guard isWhole || session.isReadOnly else { return nil }
    var found = log.graph
    if !isWhole { found.hole = LogHole(summary) }
    let graph = CachedGraph(
      graph: found, fold: nil, marks: nil,
      directory: isDirectory ? Directory(graph: found) : nil, stamp: stamp,
      byteCount: log.byteCount)
    if isWhole { session.cache.keep(dossier, graph) }
    return graph
  }

  /// How the logs of dossiers look; those without a change set are not there.
  ///
  /// Asked for once in a transaction, which either sees one snapshot or keeps other writers out.
  func stamps(_ dossiers: [DossierID]) throws -> [DossierID: LogStamp] {
    let known = session.stamps
    let asked = dossiers.filter { known[$0] == nil }
    if !asked.isEmpty { session.note(try readStamps(asked), of: asked) }
    let stamps = session.stamps
    return Dictionary(
      uniqueKeysWithValues: Set(dossiers).compactMap { dossier in
        stamps[dossier].flatMap { $0 }.map { (dossier, $0) }
      })
  }

  /// Counts the rows that are there, dossier by dossier and change set by change set.
  ///
  /// Written as a join it was planned as one over all parts there are, and anew each time: the plan
  /// for a list of one is cheaper than one for any list. Which list it is stays hidden behind the
  /// inner `SELECT`, so the statement is planned once.
  private func readStamps(_ dossiers: [DossierID]) throws -> [DossierID: LogStamp] {
    let rows = try sql.rows(
      """
      SELECT d.id, l.change_sets, l.last, l.parts
      FROM unnest((SELECT \(dossiers))) AS d (id)
      CROSS JOIN LATERAL (\(Self.stamp(of: "d.id"))) AS l
      WHERE l.change_sets > 0
      """)
    var result: [DossierID: LogStamp] = [:]
    for row in rows {
      let (dossier, changeSets, position, parts) = try row.values(
        DossierID.self, Int.self, Int.self, Int.self)
      result[dossier] = LogStamp(changeSets: changeSets, lastPosition: position, parts: parts)
    }
    return result
  }

  /// Counts the rows of the dossier that an expression names; nothing but zero where none are.
  static func stamp(of dossier: SQL) -> SQL {
    """
    SELECT count(*) AS change_sets, max(c.position) AS last,
      sum((SELECT count(*) FROM ledger.part AS p WHERE p.change_set = c.id))::bigint AS parts
    FROM ledger.change_set AS c WHERE c.dossier = \(dossier)
    """
  }

  package func logBytes(_ dossiers: [DossierID]) throws -> [DossierID: Int] {
    guard !dossiers.isEmpty else { return [:] }
    return try pairs(
      sql.rows(
        """
        SELECT dossier, sum(bytes)::bigint FROM (
          SELECT dossier, octet_length(header) + octet_length(proof) AS bytes
          FROM ledger.change_set WHERE dossier = ANY(\(dossiers))
          UNION ALL SELECT c.dossier, octet_length(p.content)
          FROM ledger.change_set AS c JOIN ledger.part AS p ON p.change_set = c.id
          WHERE c.dossier = ANY(\(dossiers))
        ) AS l GROUP BY dossier
        """))
  }

  package func logged(_ dossiers: [DossierID]) throws -> [DossierID: [LoggedChangeSet]] {
    guard !dossiers.isEmpty else { return [:] }
    // A long dossier, which comes alone, is read in the order of an index.
    let isMeant: SQL =
      dossiers.count == 1 ? "c.dossier = \(dossiers[0])" : "c.dossier = ANY(\(dossiers))"
    var result: [DossierID: [LoggedChangeSet]] = [:]
    var place: [ChangeSetID: (dossier: DossierID, index: Int)] = [:]
    try sql.forEachBatch(
      of: Limits.logRowsPerBatch,
      """
      SELECT c.dossier, c.id, c.header, c.proof, c.sender FROM ledger.change_set AS c
      WHERE \(isMeant) ORDER BY c.position
      """
    ) { rows in
      for row in rows {
        let (dossier, id, header, proof) = try row.values(
          DossierID.self, ChangeSetID.self, [UInt8].self, [UInt8].self)
        place[id] = (dossier, result[dossier]?.count ?? 0)
        result[dossier, default: []].append(
          LoggedChangeSet(
            id: id, header: header, proof: proof, parts: [:], sender: try row.value(4)))
      }
    }
    try sql.forEachBatch(
      of: Limits.logRowsPerBatch,
      """
      SELECT p.change_set, p.part::bigint, p.salt, p.content
      FROM ledger.part AS p JOIN ledger.change_set AS c ON c.id = p.change_set
      WHERE \(isMeant)
      """
    ) { rows in
      for row in rows {
        let (id, part, salt, content) = try row.values(
          ChangeSetID.self, Int.self, [UInt8].self, [UInt8].self)
        guard let (dossier, index) = place[id] else { continue }
        result[dossier]?[index].parts[part] = SaltedPart(salt: salt, content: content)
      }
    }
    return result
  }

  package func locate(_ ids: [ChangeSetID]) throws -> [ChangeSetID: DossierID] {
    guard !ids.isEmpty else { return [:] }
    return try pairs(
      sql.rows(
        """
        SELECT id, dossier FROM ledger.change_set WHERE id = ANY(\(SQL.list(ids))::bytea[])
        """))
  }

  package func changeSets(_ ids: [ChangeSetID]) throws -> [StoredChangeSet] {
    guard !ids.isEmpty else { return [] }
    var parts: [ChangeSetID: [Int: SaltedPart]] = [:]
    let partRows = try sql.rows(
      """
      SELECT change_set, part::bigint, salt, content FROM ledger.part
      WHERE change_set = ANY(\(ids))
      """)
    for row in partRows {
      let (id, part, salt, content) = try row.values(
        ChangeSetID.self, Int.self, [UInt8].self, [UInt8].self)
      parts[id, default: [:]][part] = SaltedPart(salt: salt, content: content)
    }
    let rows = try sql.rows(
      """
      SELECT c.id, c.header, c.proof
      FROM unnest(\(ids)) WITH ORDINALITY AS wanted (id, place)
      JOIN ledger.change_set AS c ON c.id = wanted.id ORDER BY wanted.place
      """)
    return try rows.compactMap { row in
      let (id, header, proof) = try row.values(ChangeSetID.self, [UInt8].self, [UInt8].self)
      // Bytes that do not prove themselves count as not there; the self-check names them.
      guard let proof = SealProof(decoding: proof),
        let changeSet = StoredChangeSet(
          headerBytes: header, proof: proof, parts: parts[id] ?? [:]),
        changeSet.id == id
      else { return nil }
      return changeSet
    }
  }

  func pairs<Key: SQLScalar & Hashable, Value: SQLScalar>(_ rows: Rows) throws -> [Key: Value] {
    var result: [Key: Value] = [:]
    for row in rows { result[try row.value(0)] = try row.value(1, as: Value.self) }
    return result
  }
}
