import Exchange
import Ledger
import Postgres

extension ReplicaTransaction {
  /// What is on disk about dossiers beside their logs.
  ///
  /// A value that cannot be read as what the column holds (an infinite time, a list with a NULL)
  /// equals nothing that a graph gives.
  func derivedRows(of dossiers: [DossierID]) throws -> [DossierID: DerivedRows] {
    var rows: [DossierID: DerivedRows] = [:]
    for row in try sql.rows(
      """
      SELECT id, author, sequence, authored_at, dossier FROM ledger.change_set
      WHERE dossier = ANY(\(dossiers))
      """)
    {
      let dossier = try row.value(4, as: DossierID.self)
      rows[dossier, default: DerivedRows()].add(
        changeSet: Hex.encode(try row.value(0, as: [UInt8].self)), author: try row.value(1),
        sequence: try row.value(2), authoredAt: try? row.value(3, as: Timestamp.self))
    }
    for row in try sql.rows(
      """
      SELECT heads, members, former, excluded, item, change_sets, needs_upgrade, lacking, id
      FROM ledger.dossier WHERE id = ANY(\(dossiers))
      """)
    {
      let dossier = try row.value(8, as: DossierID.self)
      let heads = (try? row.value(0, as: [ChangeSetID].self)).map { $0.map(\.hex) }
      let lists = (1...3).map { try? row.value($0, as: [String].self) }
      let lacking = (try? row.value(7, as: [ChangeSetID].self)).map { $0.map(\.hex) }
      rows[dossier, default: DerivedRows()].add(
        dossier: dossier, lists: [heads] + lists + [lacking],
        item: try? row.value(4, as: Hash256.self),
        count: try row.value(5), needsUpgrade: try row.value(6))
    }
    for row in try sql.rows(
      """
      SELECT author, sequence, head, key, dossier FROM ledger.chain
      WHERE dossier = ANY(\(dossiers))
      """)
    {
      let dossier = try row.value(4, as: DossierID.self)
      rows[dossier, default: DerivedRows()].add(
        chain: try row.value(0), of: dossier, sequence: try row.value(1),
        head: Hex.encode(try row.value(2, as: [UInt8].self)),
        key: Hex.encode(try row.value(3, as: [UInt8].self)))
    }
    for row in try sql.rows(
      """
      SELECT author, sequence, one, other, dossier FROM ledger.fork
      WHERE dossier = ANY(\(dossiers))
      """)
    {
      let (author, sequence, one, other) = try row.values(
        String.self, Int64.self, [UInt8].self, [UInt8].self)
      let dossier = try row.value(4, as: DossierID.self)
      rows[dossier, default: DerivedRows()].add(
        fork: "\(author)/\(sequence)/\(Hex.encode(one))/\(Hex.encode(other))", of: dossier)
    }
    return rows
  }

  /// Makes these rows what the graph gives.
  func renewDerived(
    _ rows: [RowDifference], of graph: DossierGraph, needsUpgrade: Bool
  ) throws {
    let named = Dictionary(grouping: rows, by: \.table).mapValues { Set($0.map(\.id)) }
    if let ids = named[DerivedRows.changeSet] {
      let headers = graph.changeSets.filter { ids.contains($0.id.hex) }
      try sql.later(
        """
        UPDATE ledger.change_set AS c
        SET author = h.author, sequence = h.sequence, authored_at = h.authored_at
        FROM unnest(\(headers.map(\.id)), \(headers.map(\.header.author)),
          \(headers.map { Int64(clamping: $0.header.sequence) }),
          \(headers.map(\.header.authoredAt))) AS h (id, author, sequence, authored_at)
        WHERE c.id = h.id
        """)
    }
    if named[DerivedRows.dossier] != nil {
      try sql.later("DELETE FROM ledger.dossier WHERE id = \(graph.id)")
      if graph.count > 0 { try keep([DossierSummary(graph)]) }
      try note(needsUpgrade ? [graph.id] : [], among: [graph.id])
    }
    if let ids = named[DerivedRows.chain] {
      let authors = ids.map { String($0.dropFirst(graph.id.hex.count + 1)) }
      try sql.later(
        "DELETE FROM ledger.chain WHERE dossier = \(graph.id) AND author = ANY(\(authors))")
      try keepChains(of: [graph])
    }
    if named[DerivedRows.fork] != nil { try keepForks(of: [graph]) }
  }

  /// Notes which of the dossiers need an upgrade.
  func note(_ outdated: [DossierID], among dossiers: [DossierID]) throws {
    try sql.later(
      """
      UPDATE ledger.dossier SET needs_upgrade = NOT needs_upgrade
      WHERE id = ANY(\(dossiers)) AND needs_upgrade <> (id = ANY(\(outdated)))
      """)
  }
}
