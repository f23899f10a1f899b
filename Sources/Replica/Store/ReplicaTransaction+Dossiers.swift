import Casework
package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  package func dossiers(
    writtenBy agency: AgencyCode, after: DossierID?, limit: Int
  ) throws -> [DossierID] {
    try sql.rows(
      """
      SELECT DISTINCT dossier FROM ledger.change_set
      WHERE author = \(agency) AND dossier > \(after?.bytes ?? [])
      ORDER BY dossier LIMIT \(limit)
      """
    ).map { try $0.value(0) }
  }

  package func received(
    writtenBy agencies: [AgencyCode], under keys: [KeyID]?, since: Timestamp, limit: Int
  ) throws -> [ChangeSetID] {
    // A header names its key by 32 bytes that stand in it whole.
    let isUnder: SQL =
      keys.map { keys in
        "EXISTS (SELECT FROM unnest(\(keys)) AS k WHERE position(k IN header) > 0)"
      } ?? "true"
    return try sql.rows(
      """
      SELECT id FROM ledger.change_set
      WHERE author = ANY(\(agencies)) AND sender IS NOT NULL AND stored_at >= \(since)
        AND \(isUnder)
      ORDER BY stored_at, id LIMIT \(limit)
      """
    ).map { try $0.value(0) }
  }

  package func outdated(after: DossierID?, limit: Int) throws -> [DossierID] {
    try sql.rows(
      """
      SELECT id FROM ledger.dossier WHERE needs_upgrade AND id > \(after?.bytes ?? [])
      ORDER BY id LIMIT \(limit)
      """
    ).map { try $0.value(0) }
  }

  /// Rows of the projection count as well: one that belongs to no dossier is found this way.
  package func dossiers(after: DossierID?, limit: Int) throws -> [DossierID] {
    let tables = ["ledger.change_set", "ledger.chain"] + Projection.tables.map(\.name)
    let from = after?.bytes ?? []
    let branches: [SQL] =
      tables.map { table in
        """
        (SELECT DISTINCT dossier AS id FROM \(unsafeQualifiedIdentifier: table)
         WHERE dossier > \(from) ORDER BY 1 LIMIT \(limit))
        """
      } + ["(SELECT id FROM ledger.dossier WHERE id > \(from) ORDER BY 1 LIMIT \(limit))"]
    let union = SQL.joined(branches, by: " UNION ")
    return try sql.rows("SELECT id FROM (\(union)) AS d ORDER BY id LIMIT \(limit)")
      .map { try $0.value(0) }
  }

  package func items(
    sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode]
  ) throws -> [Hash256] {
    try sql.rows(
      """
      SELECT item FROM ledger.dossier
      WHERE \(Self.isShared(by: local, with: remote, barred: barred))
        AND id IS DISTINCT FROM \(node().directory)
      """
    ).map { try $0.value(0) }
  }

  package func dossiers(
    of agencies: [AgencyCode], unsharedBy local: [AgencyCode], barred: [AgencyCode],
    after: DossierID?, limit: Int
  ) throws -> [DossierID] {
    try sql.rows(
      """
      SELECT id FROM ledger.dossier
      WHERE members && \(agencies) AND NOT (members && \(local) AND NOT excluded && \(barred))
        AND id IS DISTINCT FROM \(node().directory) AND id > \(after?.bytes ?? [])
      ORDER BY id LIMIT \(limit)
      """
    ).map { try $0.value(0) }
  }

  package func doubtful(
    sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode],
    authors: [AgencyCode], keys: [KeyID]
  ) throws -> [DossierID: Hash256] {
    let isShared = Self.isShared(by: local, with: remote, barred: barred)
    let directory = try node().directory
    // What makes doubtful is rare and is looked at first, never the dossiers one by one.
    var causes: [SQL] = [
      "SELECT dossier FROM ledger.held WHERE cardinality(excludes) > 0"
    ]
    if !authors.isEmpty {
      causes.append("SELECT dossier FROM ledger.fork WHERE author = ANY(\(authors))")
    }
    var doubtful: [SQL] = [
      """
      SELECT id, item FROM cause JOIN ledger.dossier ON id = cause.dossier
      WHERE \(isShared) AND id IS DISTINCT FROM \(directory)
      """
    ]
    if !authors.isEmpty, !keys.isEmpty {
      // The chains of an agency whose key was withdrawn for good are not rare, and what is shared
      // may be less: PostgreSQL begins with the fewer.
      doubtful.append(
        """
        SELECT id, item FROM ledger.dossier
        WHERE \(isShared) AND id IS DISTINCT FROM \(directory) AND id IN (
          SELECT dossier FROM ledger.chain WHERE key = ANY(\(keys)) AND author = ANY(\(authors)))
        """)
    }
    return try pairs(
      sql.rows(
        """
        WITH cause AS MATERIALIZED (\(SQL.joined(causes, by: " UNION ")))
        \(SQL.joined(doubtful, by: " UNION "))
        """))
  }

  package func dossiers(
    ofItems items: [Hash256], sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [Hash256: DossierID] {
    try pairs(
      sql.rows(
        """
        WITH near AS MATERIALIZED (
          SELECT id, item, members, excluded FROM ledger.dossier WHERE item = ANY(\(items)))
        SELECT item, id FROM near WHERE \(Self.isShared(by: local, with: remote, barred: barred))
          AND id IS DISTINCT FROM \(node().directory)
        """))
  }

  package func locate(
    _ ids: [ChangeSetID], readableBy agencies: [AgencyCode]
  ) throws -> [ChangeSetID: DossierID] {
    try pairs(
      sql.rows(
        """
        SELECT c.id, c.dossier FROM ledger.dossier AS d
        JOIN ledger.change_set AS c ON c.dossier = d.id AND c.id = ANY(\(ids))
        WHERE d.members && \(agencies) OR d.former && \(agencies)
        """))
  }

  package func readable(
    _ dossiers: [DossierID], by agencies: [AgencyCode]
  ) throws -> Set<DossierID> {
    Set(
      try sql.rows(
        """
        SELECT id FROM ledger.dossier
        WHERE (members && \(agencies) OR former && \(agencies)) AND id = ANY(\(dossiers))
        """
      ).map { try $0.value(0) })
  }

  package func summaries(_ dossiers: [DossierID]) throws -> [DossierID: DossierSummary] {
    let rows = try sql.rows(
      """
      SELECT id, heads, members, former, excluded, change_sets, lacking FROM ledger.dossier
      WHERE id = ANY(\(dossiers))
      """)
    var result: [DossierID: DossierSummary] = [:]
    for row in rows {
      let (id, heads, members, former, excluded, count, lacking) = try row.values(
        DossierID.self, [ChangeSetID].self, [AgencyCode].self, [AgencyCode].self,
        [AgencyCode].self, Int.self, [ChangeSetID].self)
      result[id] = DossierSummary(
        dossier: id, heads: heads, members: members, former: former, excluded: excluded,
        count: count, lacking: lacking)
    }
    return result
  }

  package func lacking(
    of dossier: DossierID?, from start: ChangeSetID, limit: Int
  ) throws -> [ChangeSetID: DossierID] {
    let isMeant: SQL = dossier.map { "d.id = \($0)" } ?? "true"
    return try pairs(
      sql.rows(
        """
        SELECT c.id, d.id FROM ledger.dossier AS d
        CROSS JOIN LATERAL unnest(d.lacking) AS l (id)
        JOIN ledger.change_set AS c ON c.id = l.id
        WHERE d.lacking <> '{}' AND \(isMeant)
        ORDER BY row_number() OVER (PARTITION BY c.author ORDER BY c.id < \(start), c.id), c.author
        LIMIT \(limit)
        """))
  }
}
