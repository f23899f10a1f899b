package import Exchange
package import Ledger
import Postgres

extension ReplicaTransaction {
  package func hold(_ copies: [HeldCopy]) throws {
    try beginWrite()
    // The last of equal (id, sender) wins: one statement cannot touch a row twice.
    var newest: [[String]: HeldCopy] = [:]
    for copy in copies { newest[[copy.id.hex, copy.sender.rawValue]] = copy }
    let copies = newest.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    guard !copies.isEmpty else { return }
    let deliveries = copies.map {
      Delivery(number: 0, content: .changeSet($0.received)).encoded()
    }
    try sql.later(
      """
      INSERT INTO ledger.held
        (id, sender, reason, missing, dossier, author, sequence, excludes, since, byte_count,
        delivery)
      SELECT id, sender, reason, missing::bytea[], dossier, author, sequence, excludes::text[],
        since, byte_count, delivery
      FROM unnest(\(copies.map(\.id)), \(copies.map(\.sender)), \(copies.map(\.reason.code)),
        \(copies.map { ArrayLiteral.bytes($0.missing.map(\.bytes)) }),
        \(copies.map(\.origin?.dossier)), \(copies.map(\.origin?.author)),
        \(copies.map { $0.origin.flatMap { SQLNumeric("\($0.sequence)") } }),
        \(copies.map { ArrayLiteral.text($0.excludes.map(\.rawValue)) }),
        \(copies.map(\.since)), \(copies.map(\.byteCount)), \(deliveries))
        AS h (id, sender, reason, missing, dossier, author, sequence, excludes, since, byte_count,
        delivery)
      ON CONFLICT (id, sender) DO UPDATE SET reason = excluded.reason,
        missing = excluded.missing, dossier = excluded.dossier, author = excluded.author,
        sequence = excluded.sequence, excludes = excluded.excludes,
        byte_count = excluded.byte_count,
        delivery = excluded.delivery
      """)
  }

  private static var heldColumns: SQL {
    "id, sender, reason, missing, dossier, author, sequence, since, byte_count, delivery"
  }

  private func copies(_ rows: Rows) throws -> [HeldCopy] {
    try rows.map { row in
      let (id, sender, code, missing) = try row.values(
        ChangeSetID.self, AgencyCode.self, String.self, [ChangeSetID].self)
      guard let reason = HoldReason(rawValue: code),
        let delivery = Delivery.decode(try row.value("delivery")),
        case .changeSet(let received) = delivery.content
      else { throw ExchangeError(.corrupt, "held change set \(id)") }
      return HeldCopy(
        id: id, sender: sender, received: received, reason: reason, missing: missing,
        origin: try origin(row), since: try row.value("since"),
        byteCount: try row.value("byte_count"))
    }
  }

  private func origin(_ row: Row) throws -> ChangeSetOrigin? {
    guard let dossier = try row.value("dossier", as: DossierID?.self),
      let author = try row.value("author", as: AgencyCode?.self),
      let number = try row.value("sequence", as: SQLNumeric?.self),
      let sequence = UInt64(number.text)
    else { return nil }
    return ChangeSetOrigin(dossier: dossier, author: author, sequence: sequence)
  }

  package func heldCopies(_ ids: [ChangeSetID]) throws -> [HeldCopy] {
    guard !ids.isEmpty else { return [] }
    return try copies(
      sql.rows(
        """
        SELECT \(Self.heldColumns) FROM ledger.held WHERE id = ANY(\(ids))
        ORDER BY id, sender COLLATE "C"
        """))
  }

  package func heldExclusions(
    in dossiers: [DossierID]
  ) throws -> [DossierID: Set<HeldExclusion>] {
    guard !dossiers.isEmpty else { return [:] }
    var result: [DossierID: Set<HeldExclusion>] = [:]
    let rows = try sql.rows(
      """
      SELECT DISTINCT dossier, author, excluded FROM ledger.held, unnest(excludes) AS excluded
      WHERE dossier = ANY(\(dossiers)) AND cardinality(excludes) > 0
      """)
    for row in rows {
      let (dossier, author, agency) = try row.values(
        DossierID.self, AgencyCode.self, AgencyCode.self)
      result[dossier, default: []].insert(HeldExclusion(author: author, agency: agency))
    }
    return result
  }

  package func held(writtenBy agencies: [AgencyCode], limit: Int) throws -> [ChangeSetID] {
    try sql.rows(
      """
      SELECT id FROM (
        SELECT id, min(turn) AS turn FROM (
          SELECT id, row_number() OVER (PARTITION BY sender ORDER BY since, id) AS turn
          FROM ledger.held WHERE author = ANY(\(agencies))
        ) AS h GROUP BY id ORDER BY turn, id LIMIT \(limit)
      ) AS n ORDER BY id
      """
    ).map { try $0.value(0) }
  }

  package func heldNotices(limit: Int) throws -> [HeldNotice] {
    try sql.rows(
      """
      SELECT id, sender, reason, missing, dossier, author, sequence, byte_count
      FROM (
        SELECT *, row_number() OVER (PARTITION BY sender ORDER BY since, id) AS turn
        FROM ledger.held
      ) AS h
      ORDER BY turn, sender COLLATE "C" LIMIT \(limit)
      """
    ).map { row in
      let (id, sender, code, missing) = try row.values(
        ChangeSetID.self, AgencyCode.self, String.self, [ChangeSetID].self)
      guard let reason = HoldReason(rawValue: code) else {
        throw ExchangeError(.corrupt, "held change set \(id)")
      }
      return HeldNotice(
        id: id, sender: sender, reason: reason, missing: missing, origin: try origin(row),
        byteCount: try row.value("byte_count"))
    }
  }

  package func held(awaiting objects: [ChangeSetID]) throws -> [ChangeSetID] {
    guard !objects.isEmpty else { return [] }
    return try sql.rows(
      "SELECT DISTINCT id FROM ledger.held WHERE missing && \(objects) ORDER BY id"
    ).map { try $0.value(0) }
  }

  package func release(_ ids: [ChangeSetID]) throws {
    try beginWrite()
    guard !ids.isEmpty else { return }
    try sql.later("DELETE FROM ledger.held WHERE id = ANY(\(ids))")
  }

  package func heldBytes(from peer: AgencyCode) throws -> Int {
    try sql.value(
      "SELECT coalesce(sum(byte_count), 0)::bigint FROM ledger.held WHERE sender = \(peer)")
      ?? 0
  }

  package func quarantine(_ deliveries: [QuarantinedDelivery]) throws {
    try beginWrite()
    guard !deliveries.isEmpty else { return }
    try sql.later(
      """
      INSERT INTO ledger.quarantine
        (id, sender, reason, dossier, author, sequence, since, delivery)
      SELECT id, sender, reason, dossier, author, sequence, since, delivery
      FROM unnest(\(deliveries.map(\.id)), \(deliveries.map(\.sender)),
        \(deliveries.map(\.reason.code)), \(deliveries.map(\.origin?.dossier)),
        \(deliveries.map(\.origin?.author)),
        \(deliveries.map { $0.origin.flatMap { SQLNumeric("\($0.sequence)") } }),
        \(deliveries.map(\.since)), \(deliveries.map(\.bytes))) WITH ORDINALITY
        AS q (id, sender, reason, dossier, author, sequence, since, delivery, place)
      ORDER BY place
      """)
    try sql.later(
      """
      DELETE FROM ledger.quarantine AS q USING (
        SELECT position, row_number() OVER newer AS place, sum(octet_length(delivery)) OVER newer
          AS bytes
        FROM ledger.quarantine WHERE sender = ANY(\(deliveries.map(\.sender)))
        WINDOW newer AS (PARTITION BY sender ORDER BY position DESC)
      ) AS kept
      WHERE q.position = kept.position
        AND (kept.bytes > \(Exchange.Limits.quarantineBytesPerPeerMax)
          OR kept.place > \(Exchange.Limits.quarantinedPerPeerMax))
      """)
    try mark(deliveries)
  }

  /// Remembers the ids that are wrong for good, and forgets the oldest beyond the limit.
  private func mark(_ deliveries: [QuarantinedDelivery]) throws {
    let marked = deliveries.filter { $0.id != nil }
    guard !marked.isEmpty else { return }
    try sql.later(
      """
      INSERT INTO ledger.rejected (id, reason)
      SELECT * FROM unnest(\(marked.compactMap(\.id)), \(marked.map(\.reason.code)))
      ON CONFLICT (id) DO NOTHING
      """)
    try sql.later(
      """
      DELETE FROM ledger.rejected
      WHERE position <= (SELECT max(position) FROM ledger.rejected)
        - \(Exchange.Limits.rejectedMax)
      """)
  }

  package func rejected(_ ids: [ChangeSetID]) throws -> [ChangeSetID: RejectionReason] {
    guard !ids.isEmpty else { return [:] }
    var result: [ChangeSetID: RejectionReason] = [:]
    for row in try sql.rows("SELECT id, reason FROM ledger.rejected WHERE id = ANY(\(ids))") {
      let (id, code) = try row.values(ChangeSetID.self, String.self)
      result[id] = try Self.reason(code)
    }
    return result
  }

  package func quarantined(limit: Int) throws -> [QuarantinedDelivery] {
    try sql.rows(
      """
      SELECT id, sender, reason, dossier, author, sequence, since, delivery
      FROM ledger.quarantine ORDER BY position DESC LIMIT \(limit)
      """
    ).map { row in
      QuarantinedDelivery(
        id: try row.value("id"), sender: try row.value("sender"),
        reason: try Self.reason(row.value("reason")), origin: try origin(row),
        since: try row.value("since"), bytes: try row.value("delivery"))
    }
  }

  private static let reasons = Dictionary(
    uniqueKeysWithValues: RejectionReason.all.map { ($0.code, $0) })

  private static func reason(_ code: String) throws -> RejectionReason {
    guard let reason = reasons[code] else {
      throw ExchangeError(.corrupt, "reason of rejection \(code)")
    }
    return reason
  }
}
