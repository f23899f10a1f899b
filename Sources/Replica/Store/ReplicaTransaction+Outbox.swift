package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  package func enqueue(_ lines: [OutboxLine]) throws {
    try beginWrite()
    guard !lines.isEmpty else { return }
    try sql.later(
      """
      WITH added AS (
        INSERT INTO exchange.queued (reader, change_set, dossier, is_urgent)
        SELECT l.reader, l.id, c.dossier, bool_or(l.is_urgent)
        FROM unnest(\(SQL.list(lines.map(\.reader))), \(SQL.list(lines.map(\.id))),
          \(SQL.list(lines.map(\.isRepeated))), \(SQL.list(OutboxLine.areUrgent(lines))))
          WITH ORDINALITY AS l (reader, id, is_repeated, is_urgent, place)
        LEFT JOIN ledger.change_set AS c ON c.id = l.id
        WHERE l.is_repeated OR NOT EXISTS (
          SELECT FROM exchange.served AS s WHERE s.reader = l.reader AND s.change_set = l.id)
        GROUP BY l.reader, l.id, c.dossier ORDER BY min(l.place)
        ON CONFLICT (reader, change_set) DO NOTHING RETURNING reader
      )
      SELECT pg_notify(\(Limits.outboxChannel), reader)
      FROM (SELECT DISTINCT reader FROM added) AS r
      """)
  }

  package func position(of reader: AgencyCode) throws -> OutboxPosition {
    try session.seen(\.positions, of: reader) { try readPosition(of: reader) }
  }

  private func readPosition(of reader: AgencyCode) throws -> OutboxPosition {
    let row = try sql.firstRow(
      """
      SELECT number, running_hash, receipted, receipted_at, untaken
      FROM exchange.outbox WHERE reader = \(reader)
      """)
    guard let row else {
      return OutboxPosition(number: 0, runningHash: .zero, receipted: 0, receiptedAt: nil)
    }
    let (number, hash, receipted, at, untaken) = try row.values(
      PeerNumber.self, Hash256.self, PeerNumber.self, Timestamp?.self, Int.self)
    return OutboxPosition(
      number: number.value, runningHash: hash, receipted: receipted.value, receiptedAt: at,
      untaken: untaken)
  }

  package func queued(
    for reader: AgencyCode, after: ChangeSetID?, limit: Int
  ) throws -> [QueuedLine] {
    let rows =
      if let after {
        try sql.rows(
          """
          SELECT change_set, dossier FROM exchange.queued
          WHERE reader = \(reader) AND position > (
            SELECT position FROM exchange.queued
            WHERE reader = \(reader) AND change_set = \(after))
          ORDER BY position LIMIT \(limit)
          """)
      } else {
        try sql.rows(
          """
          SELECT change_set, dossier FROM exchange.queued WHERE reader = \(reader)
          ORDER BY position LIMIT \(limit)
          """)
      }
    return try rows.map { row in
      let (id, dossier) = try row.values(ChangeSetID.self, DossierID?.self)
      return QueuedLine(id: id, dossier: dossier)
    }
  }

  package func queued(
    for reader: AgencyCode, of dossiers: [DossierID], limit: Int
  ) throws -> [ChangeSetID] {
    guard !dossiers.isEmpty else { return [] }
    return try sql.rows(
      """
      SELECT q.change_set
      FROM unnest(\(dossiers)) WITH ORDINALITY AS d (dossier, place)
      CROSS JOIN LATERAL (
        SELECT change_set, position FROM exchange.queued
        WHERE reader = \(reader) AND dossier = d.dossier ORDER BY position LIMIT \(limit)
      ) AS q
      ORDER BY d.place, q.position LIMIT \(limit)
      """
    ).map { try $0.value(0) }
  }

  package func urgent(for reader: AgencyCode) throws -> [ChangeSetID] {
    let (dossiers, lines) = (Exchange.Limits.urgentDossiersMax, urgentLinesMax)
    return try sql.rows(
      """
      WITH step AS (
        SELECT dossier, min(position) AS first, max(position) AS last FROM exchange.queued
        WHERE reader = \(reader) AND is_urgent AND dossier IS NOT NULL GROUP BY dossier
      ), chosen AS (
        (SELECT dossier FROM step ORDER BY first LIMIT \(dossiers))
        UNION (SELECT dossier FROM step ORDER BY last DESC LIMIT \(dossiers))
      )
      SELECT change_set FROM (
        SELECT q.change_set, q.position, count(*) OVER (PARTITION BY c.dossier) AS lines
        FROM chosen AS c CROSS JOIN LATERAL (
          SELECT change_set, position FROM exchange.queued
          WHERE reader = \(reader) AND dossier = c.dossier ORDER BY position LIMIT \(lines + 1)
        ) AS q
      ) AS l WHERE lines <= \(lines) ORDER BY position
      """
    ).map { try $0.value(0) }
  }

  private var urgentLinesMax: Int { Exchange.Limits.urgentLinesPerDossierMax }

  package func isQueued(for reader: AgencyCode) throws -> Bool {
    try session.seen(\.queues, of: reader) {
      try sql.value(
        "SELECT EXISTS (SELECT FROM exchange.queued WHERE reader = \(reader))") ?? false
    }
  }

  package func owes(
    _ ids: [ChangeSetID], to reader: AgencyCode, above number: UInt64
  ) throws -> Set<ChangeSetID> {
    guard !ids.isEmpty else { return [] }
    return Set(
      try sql.rows(
        """
        SELECT change_set FROM exchange.queued
        WHERE reader = \(reader) AND change_set = ANY(\(ids))
        UNION SELECT change_set FROM exchange.served
        WHERE reader = \(reader) AND change_set = ANY(\(ids)) AND number > \(PeerNumber(number))
        """
      ).map { try $0.value(0) })
  }

  package func unqueue(_ ids: [ChangeSetID], for reader: AgencyCode) throws {
    try beginWrite()
    guard !ids.isEmpty else { return }
    try sql.later(
      "DELETE FROM exchange.queued WHERE reader = \(reader) AND change_set = ANY(\(ids))")
  }

  package func idle(_ readers: [AgencyCode]) throws -> [AgencyCode: OutboxPosition] {
    let rows = try sql.rows(
      """
      SELECT r.reader, coalesce(o.number, 0), o.running_hash, coalesce(o.receipted, 0),
        o.receipted_at, coalesce(o.untaken, 0)
      FROM unnest(\(readers)) AS r (reader)
      LEFT JOIN exchange.outbox AS o ON o.reader = r.reader
      WHERE NOT EXISTS (SELECT FROM exchange.queued AS q WHERE q.reader = r.reader)
      """)
    return try rows.reduce(into: [:]) { idle, row in
      let (reader, number, hash, receipted, at, untaken) = try row.values(
        AgencyCode.self, PeerNumber.self, Hash256?.self, PeerNumber.self, Timestamp?.self,
        Int.self)
      idle[reader] = OutboxPosition(
        number: number.value, runningHash: hash ?? .zero, receipted: receipted.value,
        receiptedAt: at, untaken: untaken)
    }
  }

  package func number(_ lines: [AgencyCode: [NumberedLine]]) throws {
    try beginWrite()
    let all = lines.flatMap { reader, lines in lines.map { (reader: reader, line: $0) } }
    let last = lines.compactMap { reader, lines in lines.last.map { (reader: reader, line: $0) } }
    guard !last.isEmpty else { return }
    try sql.later(
      """
      WITH done AS (
        DELETE FROM exchange.queued AS q
        USING unnest(\(all.map(\.reader)), \(all.map(\.line.id))) AS l (reader, id)
        WHERE q.reader = l.reader AND q.change_set = l.id
      ), given AS (
        INSERT INTO exchange.served (reader, number, change_set, parts, running_hash)
        SELECT * FROM unnest(\(all.map(\.reader)), \(all.map { PeerNumber($0.line.number) }),
          \(all.map(\.line.id)), \(all.map { Int($0.line.parts) }),
          \(all.map(\.line.runningHash)))
      )
      INSERT INTO exchange.outbox (reader, number, running_hash)
      SELECT * FROM unnest(\(last.map(\.reader)), \(last.map { PeerNumber($0.line.number) }),
        \(last.map(\.line.runningHash)))
      ON CONFLICT (reader) DO UPDATE
        SET number = excluded.number, running_hash = excluded.running_hash
      """)
  }

  private func lines(_ rows: Rows) throws -> [NumberedLine] {
    try rows.map { row in
      let (number, id, parts, hash) = try row.values(
        PeerNumber.self, ChangeSetID.self, Int.self, Hash256.self)
      return NumberedLine(
        number: number.value, id: id, parts: UInt32(clamping: parts), runningHash: hash)
    }
  }

  package func numbered(
    for reader: AgencyCode, after number: UInt64, limit: Int
  ) throws -> [NumberedLine] {
    // A peer may ask from any number; one beyond every bigint has nothing after it.
    guard let after = Int64(exactly: number) else { return [] }
    return try lines(
      sql.rows(
        """
        SELECT number, change_set, parts, running_hash FROM exchange.served
        WHERE reader = \(reader) AND number > \(after) ORDER BY number LIMIT \(limit)
        """))
  }

  package func readersWaiting() throws -> [AgencyCode] {
    try sql.rows(
      """
      SELECT reader FROM (
        SELECT DISTINCT reader FROM exchange.queued
        UNION SELECT reader FROM exchange.outbox WHERE receipted < number
      ) AS r ORDER BY reader COLLATE "C"
      """
    ).map { try $0.value(0) }
  }

  package func restartOutbox(_ id: OutboxID) throws {
    try beginWrite()
    var record = try node()
    record.outbox = id
    try save(record)
    try sql.later("DELETE FROM exchange.served")
    try sql.later("DELETE FROM exchange.former_outbox")
    try sql.later(
      """
      WITH former AS (DELETE FROM exchange.outbox RETURNING reader, number, running_hash)
      INSERT INTO exchange.former_outbox (reader, number, running_hash) SELECT * FROM former
      """)
    try sql.later("DELETE FROM exchange.receipt WHERE outbox <> \(id)")
  }

  package func formerEnd(for reader: AgencyCode) throws -> OutboxEnd {
    let row = try sql.firstRow(
      "SELECT number, running_hash FROM exchange.former_outbox WHERE reader = \(reader)")
    guard let row else { return OutboxEnd(number: 0, runningHash: .zero) }
    let (number, hash) = try row.values(PeerNumber.self, Hash256.self)
    return OutboxEnd(number: number.value, runningHash: hash)
  }

  package func keep(_ receipt: KeptReceipt) throws {
    try beginWrite()
    try sql.later(
      """
      WITH kept AS (
        INSERT INTO exchange.receipt
          (reader, outbox, number, stored_at, untaken, body, signature)
        VALUES (\(receipt.reader), \(receipt.outbox), \(PeerNumber(receipt.number)),
          \(receipt.storedAt), \(ArrayLiteral.numbers(receipt.untaken)), \(receipt.signed.body),
          \(receipt.signed.signature))
        ON CONFLICT (reader, outbox, number, stored_at) DO NOTHING
      )
      UPDATE exchange.outbox SET receipted = \(PeerNumber(receipt.number)),
        receipted_at = \(receipt.storedAt), untaken = \(receipt.untaken.count)
      WHERE reader = \(receipt.reader) AND (receipted < \(PeerNumber(receipt.number))
        OR receipted = \(PeerNumber(receipt.number)) AND untaken > \(receipt.untaken.count))
      """)
  }

  package func receipts(of id: ChangeSetID) throws -> [ReceiptTrail] {
    let rows = try sql.rows(
      """
      SELECT DISTINCT ON (s.reader COLLATE "C") s.reader, s.number, r.number, r.outbox,
        r.stored_at, r.untaken, r.body, r.signature
      FROM exchange.served AS s
      JOIN exchange.receipt AS r ON r.reader = s.reader AND r.number >= s.number
        AND s.number <> ALL (r.untaken)
      WHERE s.change_set = \(id)
      ORDER BY s.reader COLLATE "C", r.number, r.stored_at, s.number
      """)
    return try rows.map { row in
      let (reader, first, number, outbox) = try row.values(
        AgencyCode.self, PeerNumber.self, PeerNumber.self, OutboxID.self)
      let receipt = KeptReceipt(
        reader: reader, outbox: outbox, number: number.value, storedAt: try row.value(4),
        untaken: try row.value(5, as: [PeerNumber].self).map(\.value),
        signed: SignedObject(body: try row.value(6), signature: try row.value(7)))
      let before = try sql.value(
        """
        SELECT running_hash FROM exchange.served
        WHERE reader = \(reader) AND number < \(first) ORDER BY number DESC LIMIT 1
        """, as: Hash256.self)
      let lines = try lines(
        sql.rows(
          """
          SELECT number, change_set, parts, running_hash FROM exchange.served
          WHERE reader = \(reader) AND number BETWEEN \(first) AND \(number) ORDER BY number
          """))
      return ReceiptTrail(receipt: receipt, before: before ?? .zero, lines: lines)
    }
  }
}
