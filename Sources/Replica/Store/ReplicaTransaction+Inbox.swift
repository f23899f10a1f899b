package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  package func cursor(of peer: AgencyCode) throws -> Cursor? {
    try cursors(where: "peer = \(peer)").first
  }

  package func cursors() throws -> [Cursor] {
    try cursors(where: "true")
  }

  private func cursors(where condition: SQL) throws -> [Cursor] {
    try sql.rows(
      """
      SELECT peer, outbox, number, running_hash, announced, directory, received_at,
        head_body, head_signature, untaken, untaken_changes, untaken_parts
      FROM exchange.cursor WHERE \(condition) ORDER BY peer COLLATE "C"
      """
    ).map { row in
      var cursor = Cursor(peer: try row.value(0), outbox: try row.value(1))
      cursor.number = try row.value(2, as: PeerNumber.self).value
      cursor.runningHash = try row.value(3)
      cursor.announced = try row.value(4, as: PeerNumber.self).value
      cursor.directory = try row.value(5)
      cursor.receivedAt = try row.value(6)
      if let body = try row.value(7, as: [UInt8]?.self),
        let signature = try row.value(8, as: [UInt8]?.self)
      {
        cursor.head = SignedObject(body: body, signature: signature)
      }
      cursor.untaken = try untaken(row)
      return cursor
    }
  }

  /// The three lists of a cursor are one: a number, what it carried, and which parts of it.
  private func untaken(_ row: Row) throws -> [UntakenNumber] {
    let numbers = try row.value(9, as: [PeerNumber].self)
    let changes = try row.value(10, as: [[UInt8]].self)
    let parts = try row.value(11, as: [Int].self)
    return zip(numbers, zip(changes, parts)).map { number, carried in
      UntakenNumber(
        number: number.value, change: ChangeSetID(carried.0), parts: UInt32(clamping: carried.1))
    }
  }

  package func move(_ cursor: Cursor) throws {
    try beginWrite()
    try sql.later(
      """
      INSERT INTO exchange.cursor (peer, outbox, number, running_hash, announced, directory,
        received_at, head_body, head_signature, untaken, untaken_changes, untaken_parts)
      VALUES (\(cursor.peer), \(cursor.outbox), \(PeerNumber(cursor.number)),
        \(cursor.runningHash), \(PeerNumber(cursor.announced)), \(cursor.directory),
        \(cursor.receivedAt), \(cursor.head?.body), \(cursor.head?.signature),
        \(ArrayLiteral.numbers(cursor.untaken.map(\.number))),
        \(cursor.untaken.map { $0.change?.bytes ?? [] }),
        \(cursor.untaken.map { Int($0.parts) }))
      ON CONFLICT (peer) DO UPDATE SET outbox = excluded.outbox, number = excluded.number,
        running_hash = excluded.running_hash, announced = excluded.announced,
        directory = excluded.directory, received_at = excluded.received_at,
        head_body = excluded.head_body, head_signature = excluded.head_signature,
        untaken = excluded.untaken, untaken_changes = excluded.untaken_changes,
        untaken_parts = excluded.untaken_parts
      """)
  }

  package func settle(_ arrivals: Arrivals, at time: Timestamp) throws {
    try beginWrite()
    guard !arrivals.isEmpty else { return }
    let arrived = arrivals.parts.sorted { $0.key < $1.key }
    // Lists are empty but where something went wrong, and nothing is looked at then.
    try sql.later(
      """
      UPDATE exchange.cursor AS c SET received_at = \(time), untaken = left_over.numbers,
        untaken_changes = left_over.changes, untaken_parts = left_over.parts
      FROM (
        SELECT n.peer,
          coalesce(array_agg(u.number ORDER BY place) FILTER (WHERE a.id IS NULL), '{}')
            AS numbers,
          coalesce(array_agg(u.change ORDER BY place) FILTER (WHERE a.id IS NULL), '{}')
            AS changes,
          coalesce(array_agg(u.parts ORDER BY place) FILTER (WHERE a.id IS NULL), '{}')
            AS parts
        FROM exchange.cursor AS n
        CROSS JOIN LATERAL unnest(n.untaken, n.untaken_changes, n.untaken_parts)
          WITH ORDINALITY AS u (number, change, parts, place)
        LEFT JOIN unnest(\(arrived.map(\.key)), \(arrived.map { Int($0.value) }))
          AS a (id, parts) ON a.id = u.change AND u.parts & ~a.parts = 0
        WHERE n.untaken <> '{}'
        GROUP BY n.peer HAVING count(a.id) > 0
      ) AS left_over
      WHERE left_over.peer = c.peer
      """)
  }

  package func raise(_ alarms: [Alarm]) throws {
    try beginWrite()
    guard !alarms.isEmpty else { return }
    try sql.later(
      """
      INSERT INTO exchange.alarm (peer, kind, subject, evidence, at)
      SELECT peer, kind, subject, evidence, at
      FROM unnest(\(alarms.map(\.peer)), \(alarms.map(\.kind.rawValue)),
        \(alarms.map(\.subject)), \(alarms.map(\.evidence)), \(alarms.map(\.at)))
        WITH ORDINALITY AS a (peer, kind, subject, evidence, at, place)
      WHERE (SELECT count(*) FROM exchange.alarm AS k WHERE k.peer = a.peer AND k.kind = a.kind)
        < \(Exchange.Limits.alarmsPerPeerAndKindMax)
      ORDER BY place
      ON CONFLICT (peer, kind, subject) DO NOTHING
      """)
  }

  package func alarms(limit: Int) throws -> [Alarm] {
    try sql.rows(
      """
      SELECT peer, kind, subject, evidence, at FROM exchange.alarm
      ORDER BY position DESC LIMIT \(limit)
      """
    ).map { row in
      let (peer, code, subject, evidence, at) = try row.values(
        AgencyCode.self, String.self, String.self, [UInt8].self, Timestamp.self)
      guard let kind = Alarm.Kind(rawValue: code) else {
        throw ExchangeError(.corrupt, "kind of alarm \(code)")
      }
      return Alarm(peer: peer, kind: kind, subject: subject, evidence: evidence, at: at)
    }
  }
}
