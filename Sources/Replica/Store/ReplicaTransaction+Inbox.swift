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
      SELECT peer, outbox, number, running_hash, announced, directory, received_at, untaken,
        head_body, head_signature
      FROM exchange.cursor WHERE \(condition) ORDER BY peer COLLATE "C"
      """
    ).map { row in
      var cursor = Cursor(peer: try row.value(0), outbox: try row.value(1))
      cursor.number = try row.value(2, as: PeerNumber.self).value
      cursor.runningHash = try row.value(3)
      cursor.announced = try row.value(4, as: PeerNumber.self).value
      cursor.directory = try row.value(5)
      cursor.receivedAt = try row.value(6)
      cursor.untaken = try row.value(7, as: [PeerNumber].self).map(\.value)
      if let body = try row.value(8, as: [UInt8]?.self),
        let signature = try row.value(9, as: [UInt8]?.self)
      {
        cursor.head = SignedObject(body: body, signature: signature)
      }
      return cursor
    }
  }

  package func move(_ cursor: Cursor) throws {
    try beginWrite()
    try sql.later(
      """
      INSERT INTO exchange.cursor (peer, outbox, number, running_hash, announced, directory,
        received_at, untaken, head_body, head_signature)
      VALUES (\(cursor.peer), \(cursor.outbox), \(PeerNumber(cursor.number)),
        \(cursor.runningHash), \(PeerNumber(cursor.announced)), \(cursor.directory),
        \(cursor.receivedAt), \(ArrayLiteral.numbers(cursor.untaken)), \(cursor.head?.body),
        \(cursor.head?.signature))
      ON CONFLICT (peer) DO UPDATE SET outbox = excluded.outbox, number = excluded.number,
        running_hash = excluded.running_hash, announced = excluded.announced,
        directory = excluded.directory, received_at = excluded.received_at,
        untaken = excluded.untaken, head_body = excluded.head_body,
        head_signature = excluded.head_signature
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
