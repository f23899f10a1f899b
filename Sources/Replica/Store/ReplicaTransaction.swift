package import Exchange
import Ledger
package import Postgres

/// One transaction of a `PostgresStore`: the primitives of the exchange, and plain SQL beside them.
///
/// What Office writes by ``sql`` commits together with what it appends.
package struct ReplicaTransaction: StoreTransaction, ~Copyable {
  /// The transaction itself, for tables that are no business of the exchange.
  package let sql: Transaction
  let session: StoreSession

  init(sql: consuming Transaction, session: StoreSession) {
    self.sql = sql
    self.session = session
  }

  /// Waits for every other writer of the database, counts this transaction, and reads the record
  /// about the node with the place where the database is now and the stamp of the directory.
  ///
  /// The lock is one that takes the right to write the table: an advisory lock could be held by
  /// whoever may connect, a reader included.
  func beginWriting() throws {
    try sql.later("LOCK TABLE exchange.node IN SHARE ROW EXCLUSIVE MODE")
    let row = try sql.firstRow(
      """
      WITH counted AS (
        UPDATE exchange.node SET generation = generation + 1
        RETURNING agency, outbox, directory, has_sealed, restored_by, restored_since,
          restored_outbox, generation
      )
      SELECT n.agency, n.outbox, n.directory, n.has_sealed, n.restored_by, n.restored_since,
        n.restored_outbox, n.generation, (SELECT system_identifier::text FROM pg_control_system()),
        (SELECT timeline_id::bigint FROM pg_control_checkpoint()), l.change_sets, l.last, l.parts
      FROM counted AS n CROSS JOIN LATERAL (\(Self.stamp(of: "n.directory"))) AS l
      """)
    guard let row else { return }
    let node = try Self.node(row)
    session.counted = node
    session.position = DatabasePosition(
      system: try row.value(8), timeline: try row.value(9), outbox: node.outbox,
      generation: try row.value(7))
    guard let directory = node.directory else { return }
    let (changeSets, last, parts) = (
      try row.value(10, as: Int.self), try row.value(11, as: Int?.self),
      try row.value(12, as: Int?.self)
    )
    let stamp = last.map { LogStamp(changeSets: changeSets, lastPosition: $0, parts: parts ?? 0) }
    session.note(stamp.map { [directory: $0] } ?? [:], of: [directory])
  }

  /// Runs a part of the transaction that may fail without the rest.
  ///
  /// - Returns: what became of it.
  /// - Throws: what concerns the whole transaction: that it has to be repeated, or that the server
  ///   is away.
  func apart(
    _ body: (borrowing ReplicaTransaction) throws -> Void
  ) throws -> Swift.Result<Void, any Error> {
    let before = session.kept
    do {
      try sql.savepoint { _ in try body(self) }
      return .success(())
    } catch let error as PostgresError where error.isRepeatable || error.isUnavailable {
      throw error
    } catch {
      session.kept = before
      return .failure(error)
    }
  }

  /// Refuses a writing primitive in a reading transaction.
  func beginWrite() throws {
    if session.isReadOnly { throw ExchangeError(.readOnly, "a reading transaction") }
  }

  package func node() throws -> NodeRecord {
    if let node = session.node { return node }
    if let counted = session.counted {
      session.node = counted
      return counted
    }
    let row = try sql.firstRow(
      """
      SELECT agency, outbox, directory, has_sealed, restored_by, restored_since, restored_outbox
      FROM exchange.node
      """)
    guard let row else {
      throw ExchangeError(
        .notInitialized, "the database has no record about its node",
        hint: "run guantong init in this directory first")
    }
    let node = try Self.node(row)
    session.node = node
    return node
  }

  /// Reads a record from the first columns of a row.
  private static func node(_ row: Row) throws -> NodeRecord {
    let (agency, outbox, directory, hasSealed, witnesses, since, former) = try row.values(
      AgencyCode.self, OutboxID.self, DossierID?.self, Bool.self, [AgencyCode].self,
      Timestamp?.self, OutboxID?.self)
    var node = NodeRecord(agency: agency, outbox: outbox, directory: directory)
    node.hasSealed = hasSealed
    if let first = witnesses.first, let since {
      var state = RestoredState(witness: first, since: since, outbox: former)
      for witness in witnesses { state.add(witness) }
      node.restored = state
    }
    return node
  }

  package func save(_ node: NodeRecord) throws {
    try beginWrite()
    try sql.execute(
      """
      INSERT INTO exchange.node
        (agency, outbox, directory, has_sealed, restored_by, restored_since, restored_outbox)
      VALUES (\(node.agency), \(node.outbox), \(node.directory), \(node.hasSealed),
        \(node.restored?.witnesses ?? []), \(node.restored?.since), \(node.restored?.outbox))
      ON CONFLICT (single) DO UPDATE SET agency = excluded.agency, outbox = excluded.outbox,
        directory = excluded.directory, has_sealed = excluded.has_sealed,
        restored_by = excluded.restored_by, restored_since = excluded.restored_since,
        restored_outbox = excluded.restored_outbox
      """)
    (session.node, session.counted) = (node, nil)
    session.position = try DatabasePosition.current(sql)
  }
}
