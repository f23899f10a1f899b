import Ledger
import Postgres
import Replica

/// Reads what exchanges with peers left in the tables, of each source the newest entries.
struct ExchangeTrail {
  /// The one peer that is asked about; nil for all.
  let peer: AgencyCode?
  /// The most entries of one source.
  let limit: Int

  /// Everything found, in no order.
  func entries(in transaction: borrowing Transaction) throws -> [API.SyncEntry] {
    var entries = try received(in: transaction)
    entries += try confirmed(in: transaction)
    entries += try waiting("held", "ledger.held", in: transaction)
    entries += try waiting("rejected", "ledger.quarantine", in: transaction)
    entries += try alarms(in: transaction)
    entries += try acts(in: transaction)
    return entries
  }

  private func concerns(_ column: SQL) -> SQL {
    "(\(peer?.rawValue)::text IS NULL OR \(column) = \(peer?.rawValue))"
  }

  /// What became durable here, one entry for each page.
  ///
  /// No index leads to the newest rows of the log, but they stand at its end: only that is read.
  private func received(in transaction: borrowing Transaction) throws -> [API.SyncEntry] {
    let blocks =
      try transaction.value(
        """
        SELECT pg_relation_size('ledger.change_set') / current_setting('block_size')::bigint
        """, as: Int.self) ?? 0
    let start = "(\(max(0, blocks - Limits.logTailBlocks)),0)"
    return try transaction.rows(
      """
      SELECT stored_at, sender, count(*) FROM ledger.change_set
      WHERE ctid >= \(start)::text::tid AND sender IS NOT NULL AND \(concerns("sender"))
      GROUP BY stored_at, sender ORDER BY stored_at DESC LIMIT \(limit)
      """
    ).map { row in
      API.SyncEntry(
        at: try Self.time(row), peer: try row.value(1), kind: "received",
        count: try row.value(2))
    }
  }

  /// What readers say that they have of our outboxes, one entry for each receipt.
  private func confirmed(in transaction: borrowing Transaction) throws -> [API.SyncEntry] {
    try transaction.rows(
      """
      SELECT stored_at, reader, number - former, number, untaken FROM (
        SELECT r.stored_at, r.reader, r.number, cardinality(r.untaken)::bigint AS untaken,
          coalesce(lead(r.number) OVER newer, 0) AS former, row_number() OVER newer AS turn
        FROM exchange.node n
        CROSS JOIN (
          SELECT reader FROM exchange.outbox
          WHERE receipted_at IS NOT NULL AND \(concerns("reader"))
          ORDER BY receipted_at DESC LIMIT \(limit)) o
        CROSS JOIN LATERAL (
          SELECT reader, number, stored_at, untaken FROM exchange.receipt
          WHERE reader = o.reader AND outbox = n.outbox
          ORDER BY number DESC, stored_at DESC LIMIT \(limit + 1)) r
        WINDOW newer AS (PARTITION BY r.reader ORDER BY r.number DESC, r.stored_at DESC)) c
      WHERE turn <= \(limit) ORDER BY stored_at DESC LIMIT \(limit)
      """
    ).map { row in
      API.SyncEntry(
        at: try Self.time(row), peer: try row.value(1), kind: "confirmed",
        count: try row.value(2), number: try row.value(3), untaken: try row.value(4))
    }
  }

  /// What came and could not be taken, one entry for each page and reason.
  private func waiting(
    _ kind: String, _ table: SQL, in transaction: borrowing Transaction
  ) throws -> [API.SyncEntry] {
    try transaction.rows(
      """
      SELECT since, sender, count(*), reason FROM \(table) WHERE \(concerns("sender"))
      GROUP BY since, sender, reason ORDER BY since DESC LIMIT \(limit)
      """
    ).map { row in
      API.SyncEntry(
        at: try Self.time(row), peer: try row.value(1), kind: kind, count: try row.value(2),
        code: try row.value(3))
    }
  }

  private func alarms(in transaction: borrowing Transaction) throws -> [API.SyncEntry] {
    try transaction.rows(
      """
      SELECT at, peer, kind, subject FROM exchange.alarm WHERE \(concerns("peer"))
      ORDER BY position DESC LIMIT \(limit)
      """
    ).map { row in
      API.SyncEntry(
        at: try Self.time(row), peer: try row.value(1), kind: "alarm", count: 1,
        code: try row.value(2), detail: try row.value(3))
    }
  }

  /// What operators did about exchanges, among the newest lines of the audit.
  private func acts(in transaction: borrowing Transaction) throws -> [API.SyncEntry] {
    let verbs = [
      "reconcile", API.resume.operation, API.exportBundle.operation, API.importBundle.operation,
    ]
    let rows = try transaction.rows(
      """
      SELECT at, split_part(object, ' ', 1) AS subject, verb, outcome FROM (
        SELECT at, object, verb, outcome FROM office.audit
        ORDER BY seq DESC LIMIT \(Limits.auditTrailMax)) a
      WHERE verb = ANY(\(verbs)) AND \(concerns("split_part(object, ' ', 1)"))
      ORDER BY at DESC LIMIT \(limit)
      """)
    return try rows.map { row in
      let subject = AgencyCode(try row.value(1, as: String.self))
      return API.SyncEntry(
        at: try Self.time(row), peer: subject?.rawValue ?? "", kind: "operator", count: 1,
        code: try row.value(2), detail: try row.value(3))
    }
  }

  private static func time(_ row: Row) throws -> String {
    try row.value(0, as: Timestamp.self).description
  }
}
