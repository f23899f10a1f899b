import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Shows a rejected change set: why, who delivered it and when, and what its header says.
  ///
  /// Nothing of its parts is told: nobody has judged for whom they are.
  package func rejectedChangeSet(
    _ request: API.RejectedRequest
  ) async throws -> API.ShownRejected {
    try await read { transaction in
      let id = try IDPrefix.one(
        request.id, of: "(SELECT id FROM ledger.quarantine UNION SELECT id FROM ledger.rejected) r",
        in: transaction)
      let marked = try transaction.rejected([id])[id]
      let rows = try transaction.sql.rows(
        """
        SELECT sender, reason, since, octet_length(delivery)::bigint, sha256(delivery),
          coalesce(author, ''), dossier, least(coalesce(sequence, 0), \(Int.max))::bigint
        FROM ledger.quarantine WHERE id = \(id)
        ORDER BY position DESC LIMIT \(API.listMax + 1)
        """)
      let deliveries = try rows.prefix(API.listMax).map { row in
        API.RejectedDelivery(
          from: try row.value(0), reason: try row.value(1),
          since: try row.value(2, as: Timestamp.self).description, bytes: try row.value(3),
          digest: try row.value(4, as: Hash256.self).hex)
      }
      var shown = API.ShownRejected(
        id: id.hex, reason: deliveries.first?.reason ?? marked?.code ?? "",
        marked: marked != nil, author: "", dossier: "", sequence: 0, deliveries: deliveries,
        truncated: rows.count > API.listMax)
      if let newest = rows.first {
        shown.author = try newest.value(5)
        shown.dossier = try newest.value(6, as: Hash256?.self)?.hex ?? ""
        shown.sequence = try newest.value(7)
        shown.header = try header(of: id, in: transaction)
      }
      return shown
    }
  }

  /// What the header of the newest copy in quarantine says; nil where it cannot be read.
  private func header(
    of id: ChangeSetID, in transaction: borrowing OfficeTransaction
  ) throws -> API.RejectedHeader? {
    let bytes = try transaction.sql.value(
      """
      SELECT delivery FROM ledger.quarantine WHERE id = \(id) ORDER BY position DESC LIMIT 1
      """, as: [UInt8].self)
    guard let bytes, let delivery = Delivery.decode(bytes),
      case .changeSet(let received) = delivery.content, case .header(let header) = received.reading
    else { return nil }
    return API.RejectedHeader(
      key: header.key.hex, directory: header.directory?.hex, previous: header.previous?.hex,
      parents: header.parents.map(\.hex), authoredAt: header.authoredAt.description,
      parts: header.parts.count)
  }
}
