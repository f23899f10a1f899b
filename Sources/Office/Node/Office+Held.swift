import Ledger
import Postgres
import Replica

extension Office {
  /// Lists change sets that wait for something missing, the oldest first.
  package func held(_ request: API.HeldListRequest) async throws -> API.HeldList {
    let page = try Page(request.page, request.limit)
    return try await read { transaction in
      let rows = try transaction.sql.rows(
        """
        SELECT id, coalesce(author, ''), dossier,
          least(coalesce(sequence, 0), \(Int.max))::bigint, reason, missing, sender, since
        FROM ledger.held ORDER BY since, id, sender
        \(page.clause)
        """)
      let (lines, next) = page.cut(rows)
      let held = try lines.map { row in
        API.Held(
          id: try row.value(0, as: Hash256.self).hex, author: try row.value(1),
          dossier: try row.value(2, as: Hash256?.self)?.hex ?? "", sequence: try row.value(3),
          reason: try row.value(4), missing: try row.value(5, as: [Hash256].self).map(\.hex),
          from: try row.value(6), since: try row.value(7, as: Timestamp.self).description)
      }
      return API.HeldList(held: held, next: next)
    }
  }

  /// Lists refused deliveries, the newest first.
  package func rejected(_ request: API.RejectedListRequest) async throws -> API.RejectedList {
    let page = try Page(request.page, request.limit)
    return try await read { transaction in
      let rows = try transaction.sql.rows(
        """
        SELECT id, coalesce(author, ''), dossier, reason, sender, since
        FROM ledger.quarantine ORDER BY position DESC
        \(page.clause)
        """)
      let (lines, next) = page.cut(rows)
      let rejected = try lines.map { row in
        API.Rejected(
          id: try row.value(0, as: Hash256?.self)?.hex ?? "", author: try row.value(1),
          dossier: try row.value(2, as: Hash256?.self)?.hex ?? "", reason: try row.value(3),
          from: try row.value(4), since: try row.value(5, as: Timestamp.self).description)
      }
      return API.RejectedList(rejected: rejected, next: next)
    }
  }
}
