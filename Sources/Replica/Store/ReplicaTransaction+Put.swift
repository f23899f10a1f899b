package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  package func put(_ entries: [LogEntry], graphs: [DossierGraph]) throws {
    try beginWrite()
    let known = try stamps(graphs.map(\.id))
    let byDossier = Dictionary(graphs.map { ($0.id, $0) }) { first, _ in first }
    let grown = try insert(
      entries.map { $0.withoutDestroyed(in: byDossier[$0.changeSet.dossier]) }, upon: known)
    session.forgetStamps(of: entries.map(\.changeSet.dossier))
    session.note(grown, of: graphs.map(\.id))
    for graph in graphs { try erase(graph.destroyed, in: graph.id) }
    try keep(graphs.map { DossierSummary($0) })
    try keepChains(of: graphs)
    try keepForks(of: graphs)
    // Those alone are asked for that had parts erased.
    let stamps = try stamps(graphs.map(\.id))
    let added = Dictionary(grouping: entries, by: \.changeSet.dossier)
    for graph in graphs {
      try keepInMemory(
        graph, before: known[graph.id], after: stamps[graph.id], added: added[graph.id] ?? [])
    }
    if let directory = try node().directory, graphs.contains(where: { $0.id == directory }) {
      try sql.later("SELECT pg_notify(\(Limits.directoryChannel), '')")
    }
  }

  /// Adds to the log what is not there yet.
  ///
  /// - Returns: how the logs look with it, reckoned from how they looked and what went in.
  private func insert(
    _ entries: [LogEntry], upon stamps: [DossierID: LogStamp]
  ) throws -> [DossierID: LogStamp] {
    guard !entries.isEmpty else { return stamps }
    var stamps = stamps
    let headers = entries.map(\.changeSet.header)
    let parts = entries.flatMap { entry in
      entry.changeSet.parts.sorted { $0.key < $1.key }.map {
        (id: entry.changeSet.id, part: Int32($0.key), salted: $0.value)
      }
    }
    let dossiers = Dictionary(entries.map { ($0.changeSet.id, $0.changeSet.dossier) }) { $1 }
    let added = try sql.rows(
      """
      WITH added AS (
        INSERT INTO ledger.change_set
          (id, dossier, author, sequence, authored_at, header, proof, sender, stored_at)
        SELECT id, dossier, author, sequence, authored_at, header, proof, sender, stored_at
        FROM unnest(\(entries.map(\.changeSet.id)), \(entries.map(\.changeSet.dossier)),
          \(headers.map(\.author)), \(headers.map { Int64(clamping: $0.sequence) }),
          \(headers.map(\.authoredAt)), \(entries.map(\.changeSet.headerBytes)),
          \(entries.map { $0.changeSet.proof.encoded() }), \(entries.map(\.sender)),
          \(entries.map(\.storedAt))) WITH ORDINALITY
          AS e (id, dossier, author, sequence, authored_at, header, proof, sender, stored_at,
            place)
        ORDER BY place
        ON CONFLICT (id) DO NOTHING RETURNING id, position
      ), carried AS (
        INSERT INTO ledger.part (change_set, part, salt, content)
        SELECT * FROM unnest(\(parts.map(\.id)), \(parts.map(\.part)),
          \(parts.map(\.salted.salt)), \(parts.map(\.salted.content)))
        ON CONFLICT (change_set, part) DO NOTHING RETURNING change_set
      )
      SELECT id, position FROM added UNION ALL SELECT change_set, NULL FROM carried
      """)
    for row in added {
      let (id, position) = try row.values(ChangeSetID.self, Int?.self)
      guard let dossier = dossiers[id] else { continue }
      if let position {
        stamps[dossier, default: LogStamp()].add(position: position)
      } else {
        stamps[dossier, default: LogStamp()].parts += 1
      }
    }
    return stamps
  }

  func keep(_ summaries: [DossierSummary]) throws {
    guard !summaries.isEmpty else { return }
    try sql.later(
      """
      INSERT INTO ledger.dossier
        (id, heads, members, former, excluded, item, change_sets, lacking)
      SELECT id, heads::bytea[], members::text[], former::text[], excluded::text[], item, count,
        lacking::bytea[]
      FROM unnest(\(summaries.map(\.dossier)),
        \(summaries.map { ArrayLiteral.bytes($0.heads.map(\.bytes)) }),
        \(summaries.map { ArrayLiteral.text($0.members.map(\.rawValue)) }),
        \(summaries.map { ArrayLiteral.text($0.former.map(\.rawValue)) }),
        \(summaries.map { ArrayLiteral.text($0.excluded.map(\.rawValue)) }),
        \(summaries.map(\.item)), \(summaries.map(\.count)),
        \(summaries.map { ArrayLiteral.bytes($0.lacking.map(\.bytes)) }))
        AS s (id, heads, members, former, excluded, item, count, lacking)
      ON CONFLICT (id) DO UPDATE SET heads = excluded.heads, members = excluded.members,
        former = excluded.former, excluded = excluded.excluded, item = excluded.item,
        change_sets = excluded.change_sets, lacking = excluded.lacking
      """)
  }

  func keepChains(of graphs: [DossierGraph]) throws {
    let chains = graphs.flatMap { graph in
      graph.authors.compactMap { author in
        graph.head(of: author).flatMap { graph.changeSet($0) }.map { head in
          (
            dossier: graph.id, author: author, sequence: head.header.sequence, head: head.id,
            key: head.header.key
          )
        }
      }
    }
    guard !chains.isEmpty else { return }
    try sql.later(
      """
      INSERT INTO ledger.chain (dossier, author, sequence, head, key)
      SELECT * FROM unnest(\(chains.map(\.dossier)), \(chains.map(\.author)),
        \(chains.map { Int64(clamping: $0.sequence) }), \(chains.map(\.head)),
        \(chains.map(\.key)))
      ON CONFLICT (dossier, author) DO UPDATE
        SET sequence = excluded.sequence, head = excluded.head, key = excluded.key
        WHERE chain.head <> excluded.head
      """)
  }

  func keepForks(of graphs: [DossierGraph]) throws {
    let forks = graphs.flatMap(\.forks)
    guard !forks.isEmpty else { return }
    try sql.later(
      """
      INSERT INTO ledger.fork (dossier, author, sequence, one, other)
      SELECT * FROM unnest(\(forks.map(\.dossier)), \(forks.map(\.author)),
        \(forks.map { Int64(clamping: $0.sequence) }), \(forks.map(\.first.id)),
        \(forks.map(\.second.id)))
      ON CONFLICT DO NOTHING
      """)
  }

  /// Keeps the graph for the next transaction, with the records judged so far, when what was kept
  /// is of the state before this change.
  private func keepInMemory(
    _ graph: DossierGraph, before: LogStamp?, after: LogStamp?, added: [LogEntry]
  ) throws {
    guard let after, after.changeSets == graph.count else {
      session.drop(graph.id)
      return
    }
    let former =
      session.pending.graphs[graph.id] ?? before.flatMap { session.cache.graph(graph.id, at: $0) }
    let bytes =
      former.map { former in
        former.byteCount + added.reduce(0) { $0 + Self.byteCount($1.changeSet) }
      } ?? graph.changeSets.reduce(0) { $0 + Self.byteCount($1) }
    let isDirectory = try node().directory == graph.id
    // Where nothing is added the dossier is folded again for what a build or a disk left of it.
    let known = former.map(\.marks) ?? (before == nil ? RowMarks() : nil)
    session.keep(
      CachedGraph(
        graph: graph, fold: former?.fold, marks: added.isEmpty ? nil : known,
        directory: isDirectory ? Directory(graph: graph) : nil, stamp: after, byteCount: bytes))
  }

  private static func byteCount(_ changeSet: StoredChangeSet) -> Int {
    changeSet.headerBytes.count + changeSet.parts.values.reduce(0) { $0 + $1.content.count }
  }

  package func erase(_ places: [PartPlace], in dossier: DossierID) throws {
    guard !places.isEmpty else { return }
    try beginWrite()
    let (changes, parts) = (places.map(\.change), places.map { Int32($0.part) })
    let erased = try sql.execute(
      """
      DELETE FROM ledger.part AS p
      USING unnest(\(changes), \(parts)) AS e (change_set, part)
      WHERE p.change_set = e.change_set AND p.part = e.part
      """)
    try sql.later(
      """
      WITH gone AS (
        DELETE FROM ledger.attachment AS a
        USING unnest(\(changes), \(parts)) AS e (change_set, part)
        WHERE a.change_set = e.change_set AND a.part = e.part
        RETURNING a.content
      )
      DELETE FROM ledger.content WHERE id IN (SELECT content FROM gone)
      """)
    if erased > 0 { session.drop(dossier) }
  }

  package func forget(_ ids: [ChangeSetID], in dossier: DossierID) throws {
    try beginWrite()
    try sql.later("DELETE FROM ledger.part WHERE change_set = ANY(\(ids))")
    try sql.later(
      "DELETE FROM ledger.change_set WHERE id = ANY(\(ids)) AND dossier = \(dossier)")
    session.drop(dossier)
  }
}

/// A list inside a column of lists: `unnest` would flatten an array of arrays.
///
/// It is itself a bind and every element is quoted, so no element can be anything but an element.
enum ArrayLiteral {
  static func text(_ elements: [String]) -> String {
    let quoted = elements.map { element in
      element.unicodeScalars.reduce(into: "\"") { text, scalar in
        if scalar == "\\" || scalar == "\"" { text.unicodeScalars.append("\\") }
        text.unicodeScalars.append(scalar)
      } + "\""
    }
    return "{\(quoted.joined(separator: ","))}"
  }

  static func bytes(_ elements: [[UInt8]]) -> String {
    "{\(elements.map { "\"\\\\x\(Hex.encode($0))\"" }.joined(separator: ","))}"
  }

  static func numbers(_ elements: [UInt64]) -> [PeerNumber] {
    elements.map(PeerNumber.init)
  }
}
