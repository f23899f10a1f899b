package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  /// The sums are kept by triggers on `ledger.dossier`, for every list of agencies apart, so that
  /// the one condition about members picks those of a pair, however the directory changes.
  package func sums(
    by grain: LeafSum.Grain, sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [LeafSum]? {
    let isShared = Self.isShared(by: local, with: remote, barred: barred)
    guard let counted = try counted(where: isShared) else { return nil }
    let number: SQL = grain == .block ? "leaf >> 4" : "leaf"
    let directory = try sql.value(
      "SELECT item FROM ledger.dossier WHERE id = \(node().directory) AND \(isShared)",
      as: Hash256.self)
    let sums = try sql.rows(
      """
      SELECT \(number), sum(items)::bigint, sum(limb_0)::bigint, sum(limb_1)::bigint,
        sum(limb_2)::bigint, sum(limb_3)::bigint, sum(limb_4)::bigint, sum(limb_5)::bigint,
        sum(limb_6)::bigint, sum(limb_7)::bigint
      FROM ledger.audience JOIN ledger.item_sum ON audience = id WHERE \(isShared)
      GROUP BY 1 ORDER BY 1
      """
    ).map { row in
      LeafSum(
        leaf: try row.value(0), count: try row.value(1),
        limbs: try (2..<10).map { try row.value($0, as: Int64.self) })
    }
    guard sums.reduce(0, { $0 + $1.count }) == counted else { return nil }
    return directory.map { sums.without([$0], with: [], by: grain) } ?? sums
  }

  /// The number of dossiers whose lists satisfy a condition, as other triggers keep it; nil when
  /// the numbers of all lists do not make up that of all dossiers, or a list is not what it was.
  private func counted(where isShared: SQL) throws -> Int? {
    let row = try sql.firstRow(
      """
      SELECT coalesce(sum(dossiers) FILTER (WHERE \(isShared)), 0)::bigint,
        coalesce(bool_and(coalesce(id = ledger.audience_of(members, excluded), false)), true)
        AND coalesce(coalesce(sum(dossiers), 0)
          = (SELECT dossiers FROM ledger.dossier_count WHERE audience = ''), false)
      FROM ledger.audience FULL JOIN (
        SELECT audience, dossiers FROM ledger.dossier_count WHERE audience <> ''
      ) AS counted ON audience = id
      """)
    guard let (count, isWhole) = try row?.values(Int.self, Bool.self), isWhole else { return nil }
    return count
  }

  package func count(
    sharedBy local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode]
  ) throws -> Int {
    try sql.value(
      """
      SELECT count(*) FROM ledger.dossier
      WHERE \(Self.isShared(by: local, with: remote, barred: barred))
        AND id IS DISTINCT FROM \(node().directory)
      """, as: Int.self) ?? 0
  }

  /// The stretches of items are read first, so that no index on members is asked.
  package func items(
    in leaves: [Int], sharedBy local: [AgencyCode], with remote: [AgencyCode],
    barred: [AgencyCode]
  ) throws -> [Hash256] {
    let isShared = Self.isShared(by: local, with: remote, barred: barred)
    var items: [Hash256] = []
    var open = Self.stretches(of: leaves)[...]
    while !open.isEmpty {
      let page = open.prefix(Limits.stretchesPerQueryMax)
      open = open.dropFirst(page.count)
      let bounds = page.map { stretch -> SQL in
        let lowest = LeafSum.lowest(in: stretch.lowerBound) ?? []
        guard let end = LeafSum.lowest(in: stretch.upperBound) else { return "item >= \(lowest)" }
        return "item >= \(lowest) AND item < \(end)"
      }
      items += try sql.rows(
        """
        WITH near AS MATERIALIZED (
          SELECT id, item, members, excluded FROM ledger.dossier
          WHERE \(SQL.joined(bounds, by: " OR ")))
        SELECT item FROM near WHERE \(isShared) AND id IS DISTINCT FROM \(node().directory)
        """
      ).map { try $0.value(0) }
    }
    return items
  }

  package func compareSums(limit: Int) throws -> [RowDifference] {
    let audiences = try sql.rows(
      """
      SELECT encode(id, 'hex'), kept.members IS NULL, due.members IS NULL
      FROM ledger.audience AS kept FULL JOIN ledger.audience_due AS due USING (id)
      WHERE (kept.members, kept.excluded) IS DISTINCT FROM (due.members, due.excluded)
      ORDER BY id LIMIT \(limit)
      """)
    let sums = try sql.rows(
      """
      SELECT encode(audience, 'hex') || '/' || leaf, kept.items IS NULL, due.items IS NULL
      FROM ledger.item_sum AS kept FULL JOIN ledger.item_sum_due AS due USING (audience, leaf)
      WHERE (kept.items, kept.limb_0, kept.limb_1, kept.limb_2, kept.limb_3, kept.limb_4,
          kept.limb_5, kept.limb_6, kept.limb_7)
        IS DISTINCT FROM (due.items, due.limb_0, due.limb_1, due.limb_2, due.limb_3, due.limb_4,
          due.limb_5, due.limb_6, due.limb_7)
      ORDER BY audience, leaf LIMIT \(limit)
      """)
    let counts = try sql.rows(
      """
      SELECT encode(audience, 'hex'), kept.dossiers IS NULL, due.dossiers IS NULL
      FROM ledger.dossier_count AS kept FULL JOIN ledger.dossier_count_due AS due USING (audience)
      WHERE kept.dossiers IS DISTINCT FROM due.dossiers
      ORDER BY audience LIMIT \(limit)
      """)
    return try audiences.map { try Self.difference(in: "ledger.audience", $0) }
      + sums.map { try Self.difference(in: "ledger.item_sum", $0) }
      + counts.map { try Self.difference(in: "ledger.dossier_count", $0) }
  }

  package func renewSums() throws {
    try beginWrite()
    try sql.later("DELETE FROM ledger.item_sum")
    try sql.later("DELETE FROM ledger.audience")
    try sql.later("DELETE FROM ledger.dossier_count")
    try sql.later("INSERT INTO ledger.audience SELECT * FROM ledger.audience_due")
    try sql.later("INSERT INTO ledger.item_sum SELECT * FROM ledger.item_sum_due")
    try sql.later("INSERT INTO ledger.dossier_count SELECT * FROM ledger.dossier_count_due")
  }
}

extension ReplicaTransaction {
  /// Whether the lists `members` and `excluded` of a row are those of a dossier that this node's
  /// agencies share with a peer's.
  static func isShared(
    by local: [AgencyCode], with remote: [AgencyCode], barred: [AgencyCode]
  ) -> SQL {
    "members && \(local) AND members && \(remote) AND NOT excluded && \(barred)"
  }

  /// Leaves that follow each other, together.
  private static func stretches(of leaves: [Int]) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    for leaf in Set(leaves).sorted() {
      if let last = stretches.last, last.upperBound == leaf {
        stretches[stretches.count - 1] = last.lowerBound..<(leaf + 1)
      } else {
        stretches.append(leaf..<(leaf + 1))
      }
    }
    return stretches
  }

  private static func difference(in table: String, _ row: Row) throws -> RowDifference {
    let (id, isMissing, isExtra) = try row.values(String.self, Bool.self, Bool.self)
    return RowDifference(
      table: table, id: id, kind: isMissing ? .missing : isExtra ? .extra : .changed)
  }
}
