import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// Lists stored change sets, parts and records without effect.
  ///
  /// Of a sealed part only where it stands and why is told, to everyone who may ask the node. A
  /// cover that states a state secret is told as one: it came past its author's own office.
  package func voids(_ request: API.VoidListRequest) async throws -> API.VoidList {
    let page = try Page(request.page, request.limit)
    return try await read { transaction in
      let dossier = try request.dossier.flatMap { text in
        text.isEmpty ? nil : try Lookup(agency: agency).dossier(text, in: transaction)
      }
      let sight = try Sight(of: agency, in: transaction)
      let rows = try transaction.sql.rows(
        """
        SELECT change, author, dossier, nullif(part, -1), nullif(record, -1),
          CASE WHEN detail = \(RecordFlaw.stateSecretCover) THEN 'stateSecret' ELSE reason END
        FROM (
          SELECT dossier, change, part, record, author, reason, detail FROM casework.void
          UNION ALL
          SELECT dossier, change, part, record, author, reason, detail FROM casework.sealed_void
        ) v
        WHERE (\(dossier)::bytea IS NULL OR dossier = \(dossier))
          AND \(sight.sees("v.dossier"))
        ORDER BY dossier, change, part, record
        \(page.clause)
        """)
      let (lines, next) = page.cut(rows)
      let voids = try lines.map { row in
        API.VoidEntry(
          id: try row.value(0, as: Hash256.self).hex, author: try row.value(1),
          dossier: try row.value(2, as: Hash256.self).hex, part: try row.value(3),
          record: try row.value(4), reason: try row.value(5))
      }
      return API.VoidList(voids: voids, next: next)
    }
  }

  /// Lists alarms, the newest first; of the proof only its digest.
  package func alarms(_ request: API.AlarmListRequest) async throws -> API.AlarmList {
    let page = try Page(request.page, request.limit)
    let peer = try request.peer.flatMap { $0.isEmpty ? nil : try Field.agency($0, "peer") }
    return try await read { transaction in
      let rows = try transaction.sql.rows(
        """
        SELECT peer, kind, subject, at,
          CASE WHEN octet_length(evidence) > 0 THEN sha256(evidence) END
        FROM exchange.alarm
        WHERE \(peer?.rawValue)::text IS NULL OR peer = \(peer?.rawValue)
        ORDER BY position DESC
        \(page.clause)
        """)
      let (lines, next) = page.cut(rows)
      let alarms = try lines.map { row in
        API.Alarm(
          peer: try row.value(0), kind: try row.value(1), subject: try row.value(2),
          at: try row.value(3, as: Timestamp.self).description,
          evidence: try row.value(4, as: Hash256?.self)?.hex ?? "")
      }
      return API.AlarmList(alarms: alarms, next: next)
    }
  }
}
