import Postgres

/// Looks at the log of a running node, over one connection.
struct ChainWatch: Sendable {
  private let connection: Connection

  init(_ node: RealNode) {
    connection = Connection(node.owner)
  }

  /// How many change sets of a dossier are stored.
  func stored(of dossier: String) async throws -> Int {
    try await connection.transaction(.read) { sql in
      try sql.value(
        "SELECT count(*) FROM ledger.change_set WHERE encode(dossier, 'hex') = \(dossier)",
        as: Int.self) ?? 0
    }
  }

  /// What can only be there when a step was stored or folded in part: a change set without the
  /// part that came with it, a gap in a chain, a place taken twice, a dossier without its row.
  func flaws() async throws -> [String] {
    try await connection.transaction(.read) { sql in
      try sql.rows(
        """
        SELECT 'no part: ' || encode(id, 'hex') FROM ledger.change_set AS c
        WHERE NOT EXISTS (SELECT FROM ledger.part AS p WHERE p.change_set = c.id)
        UNION ALL
        SELECT 'chain of ' || author FROM ledger.change_set GROUP BY dossier, author
        HAVING count(DISTINCT sequence) <> count(*) OR max(sequence) <> count(*)
        UNION ALL
        SELECT 'not folded: ' || encode(dossier, 'hex') FROM ledger.change_set AS c
        WHERE dossier = id AND dossier NOT IN (SELECT directory FROM exchange.node)
          AND NOT EXISTS (SELECT FROM casework.dossier AS d WHERE d.dossier = c.dossier)
        """
      ).map { try $0.value(0, as: String.self) }
    }
  }

  /// Ends the connection.
  func close() async {
    await connection.close()
  }
}
