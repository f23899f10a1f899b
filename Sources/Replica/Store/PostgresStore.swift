package import Exchange
package import Ledger
package import Postgres
import Synchronization

/// The durable state of one node in PostgreSQL.
///
/// One connection writes, a few read, one counts. Every writing transaction begins by locking one
/// table, so writes never overlap, also when a second process has the same database open. Rows are
/// written set by set (`unnest`), never one by one.
package final class PostgresStore: Store {
  /// Where it connects.
  package let configuration: ConnectionConfiguration
  private let writer: Connection
  private let readers: Pool
  private let counter: Pool
  private let listener: Listener
  private let cache = GraphCache()
  private let marker: Marker?
  private let group = CommitGroup()
  private let lacksRoom = Atomic<Bool>(false)

  /// Makes a store; connections open at their first use.
  /// - Parameters:
  ///   - configuration: the database, as the role that writes it (`guantong_node`).
  ///   - marker: the path of the file that notes how far the database has come; nil without one.
  package init(_ configuration: ConnectionConfiguration, marker: String? = nil) {
    self.configuration = configuration
    writer = Connection(configuration)
    readers = Pool(configuration, count: Limits.readConnections)
    counter = Pool(configuration, count: 1)
    listener = Listener(configuration)
    self.marker = marker.map(Marker.init)
  }

  package func write<W: StoreWork>(_ work: W) async throws -> W.Result {
    guard W.isBrief else { return try await write { try work.run($0) } }
    return try await writeTogether { try work.run($0) }
  }

  package func read<W: StoreWork>(_ work: W) async throws -> W.Result {
    try await read { try work.run($0) }
  }

  package func serve<W: StoreWork>(_ work: W) async throws -> W.Result {
    guard let marker else { return try await read(work) }
    let (result, position) = try await read { transaction in
      (try work.run(transaction), try DatabasePosition.current(transaction.sql))
    }
    // The writer that committed it may not have come so far.
    if let position, !marker.covers(position) { try await marker.raise(to: position) }
    return result
  }

  package func rehearse<W: StoreWork>(_ work: W) async throws -> W.Result {
    do {
      return try await write { (transaction: borrowing ReplicaTransaction) -> W.Result in
        let result = try work.run(transaction)
        // What would be refused is refused here too.
        try transaction.sql.flush()
        throw Rehearsed(result: result)
      }
    } catch let rehearsed as Rehearsed<W.Result> {
      return rehearsed.result
    }
  }

  /// Runs a closure in the one writing transaction.
  ///
  /// The same as with a `StoreWork`, for callers that also write tables of their own by
  /// `transaction.sql`. It may run again after a serialization failure.
  @discardableResult
  package func write<Result: Sendable>(
    _ body: @escaping @Sendable (borrowing ReplicaTransaction) throws -> Result
  ) async throws -> Result {
    do {
      return try await write(checking: marker, body)
    } catch is LostCommits {
      // Nothing was written. The database says so itself from now on, and the work is refused or
      // goes on as on any node that went back in time.
      try await write(checking: nil) { transaction in
        let now = try transaction.sql.value("SELECT now()", as: Timestamp.self)
        try MarkRestored(
          witness: try transaction.node().agency, subject: "failover",
          now: now ?? Timestamp(microseconds: 0)
        ).run(transaction)
      }
      return try await write(checking: marker, body)
    }
  }

  /// Runs a closure that takes milliseconds in one transaction with others that wait like it.
  ///
  /// It is undone alone when it throws; it is told of its end after the commit of all. It may run
  /// again, as in ``write(_:)``.
  @discardableResult
  package func writeTogether<Result: Sendable>(
    _ body: @escaping @Sendable (borrowing ReplicaTransaction) throws -> Result
  ) async throws -> Result {
    try await group.take(into: { await self.commit($0) }, body)
  }

  private func commit(_ works: [CommitGroup.Work]) async {
    let outcomes: [Swift.Result<Void, any Error>]
    do {
      outcomes = try await write { transaction in
        guard works.count > 1 else {
          try works.forEach { try $0.run(transaction) }
          return works.map { _ in .success(()) }
        }
        return try works.map { try transaction.apart($0.run) }
      }
    } catch {
      outcomes = works.map { _ in .failure(error) }
    }
    for (work, outcome) in zip(works, outcomes) {
      if case .failure(let error as PostgresError) = outcome, error.isOutOfSpace {
        lacksRoom.store(true, ordering: .relaxed)
      }
      work.end(outcome)
    }
  }

  private func write<Result: Sendable>(
    checking marker: Marker?,
    _ body: @escaping @Sendable (borrowing ReplicaTransaction) throws -> Result
  ) async throws -> Result {
    let last = LastAttempt()
    let cache = cache
    let result: Result
    do {
      result = try await writer.transaction(
        .write,
        wrapping: { sql in
          let session = StoreSession(cache: cache, isReadOnly: false)
          last.session.withLock { $0 = session }
          return ReplicaTransaction(sql: sql, session: session)
        }
      ) { (transaction: borrowing ReplicaTransaction) in
        try transaction.beginWriting()
        if let marker, let found = transaction.session.position?.before, marker.hasLost(found) {
          throw LostCommits()
        }
        return try body(transaction)
      }
    } catch let error as PostgresError where error.isOutOfSpace {
      lacksRoom.store(true, ordering: .relaxed)
      throw error
    }
    guard let session = last.session.withLock({ $0 }) else { return result }
    cache.absorb(session.pending)
    try await mark(session)
    return result
  }

  /// Moves the marker, after COMMIT and before the caller can serve anything of it.
  private func mark(_ session: StoreSession) async throws {
    guard let marker, let position = session.position else { return }
    do {
      if session.node?.restored != nil {
        // From here on the database itself says that it went back in time.
        try await marker.reset(to: position)
      } else {
        try await marker.raise(to: position)
      }
    } catch let error as ReplicaError where error.code == .diskFull {
      lacksRoom.store(true, ordering: .relaxed)
      throw error
    }
  }

  /// Runs a closure over one snapshot.
  @discardableResult
  package func read<Result: Sendable>(
    _ body: @escaping @Sendable (borrowing ReplicaTransaction) throws -> Result
  ) async throws -> Result {
    try await read(on: readers, body)
  }

  /// Runs a closure that may take minutes over one snapshot, on a connection of its own.
  ///
  /// One at a time, the others in the order of their asking; meanwhile all readers are free.
  @discardableResult
  package func count<Result: Sendable>(
    _ body: @escaping @Sendable (borrowing ReplicaTransaction) throws -> Result
  ) async throws -> Result {
    try await read(on: counter, body)
  }

  private func read<Result: Sendable>(
    on pool: Pool, _ body: @escaping @Sendable (borrowing ReplicaTransaction) throws -> Result
  ) async throws -> Result {
    let cache = cache
    return try await pool.transaction(
      .read,
      wrapping: { sql in
        ReplicaTransaction(sql: sql, session: StoreSession(cache: cache, isReadOnly: true))
      }, body)
  }

  package func belongsToContent(_ error: any Error) -> Bool {
    if let error = error as? ExchangeError { return error.code == .corrupt }
    guard let error = error as? PostgresError, error.code == .refused else { return false }
    // 21 cardinality violation, 22 data exception, 23 integrity constraint, 54 program limit
    // exceeded.
    let contentClasses = ["21", "22", "23", "54"]
    return contentClasses.contains { error.sqlstate?.hasPrefix($0) == true }
  }

  /// What the database can do now, for readiness.
  package enum Availability: Sendable {
    /// It reads and writes.
    case ready
    /// It has no room for what was written last.
    case full
    /// It does not answer.
    case away
  }

  /// Asks the database.
  ///
  /// Once a write found no room, small ones may find some again in pages that are there. So it is
  /// full until a megabyte can be written, which is taken back at once.
  package func availability() async -> Availability {
    do {
      if lacksRoom.load(ordering: .relaxed) {
        try await writer.transaction { try Self.probeRoom($0) }
        lacksRoom.store(false, ordering: .relaxed)
      } else {
        try await readers.transaction(.read) { try $0.execute("SELECT 1") }
      }
      return .ready
    } catch let error as PostgresError where error.isOutOfSpace {
      return .full
    } catch {
      return .away
    }
  }

  /// Which PostgreSQL the server is, such as `15.18`.
  ///
  /// - Throws: `PostgresError` when the server does not answer.
  package func serverVersion() async throws -> String? {
    try await readers.transaction(.read) { sql in
      try sql.value("SELECT split_part(current_setting('server_version'), ' ', 1)", as: String.self)
    }
  }

  private static func probeRoom(_ transaction: borrowing Transaction) throws {
    try transaction.execute("CREATE TEMPORARY TABLE room (line text) ON COMMIT DROP")
    try transaction.execute(
      """
      INSERT INTO room SELECT repeat(md5(number::text), 30)
      FROM generate_series(1, \(Limits.roomProbeKiB)) AS number
      """)
  }

  /// What the database tells whoever listens.
  package enum News: Sendable {
    /// There are new lines in an outbox.
    case outbox
    /// The directory has new entries.
    case directory

    fileprivate var channel: String {
      switch self {
      case .outbox: Limits.outboxChannel
      case .directory: Limits.directoryChannel
      }
    }
  }

  /// Calls the closure whenever there may be news, and once at the beginning; runs until the task
  /// is cancelled or the store closed.
  ///
  /// Several changes may be one call. After the database was away there is always one.
  package func listen(for news: News, _ body: @Sendable () async -> Void) async {
    for await _ in listener.wakeUps(on: news.channel) { await body() }
  }

  /// The record about this node, made when there is none yet.
  /// - Parameters:
  ///   - agency: the agency that runs the node.
  ///   - outbox: a fresh random id, used only when the record is made.
  /// - Returns: the record that is in the database now.
  /// - Throws: what the database refuses.
  @discardableResult
  package func begin(agency: AgencyCode, outbox: OutboxID) async throws -> NodeRecord {
    try await write { transaction in
      do {
        return try transaction.node()
      } catch let error as ExchangeError where error.code == .notInitialized {
        let record = NodeRecord(agency: agency, outbox: outbox, directory: nil)
        try transaction.save(record)
        return record
      }
    }
  }

  /// Compares the database with its marker file.
  package func markerVerdict() async throws -> MarkerVerdict {
    guard let marker else { return .absent }
    let position = try await read { try DatabasePosition.current($0.sql) }
    return try await marker.verdict(on: position)
  }

  /// Ends all connections after what they are doing.
  package func close() async {
    await listener.close()
    await readers.close()
    await counter.close()
    await writer.close()
  }
}

/// The database that a transaction found lacks commits that this process has seen.
private struct LostCommits: Error {}

/// Carries the session of the last attempt, the one that committed, out of the transaction.
private final class LastAttempt: Sendable {
  let session = Mutex<StoreSession?>(nil)
}

/// Carries the result of a work out of the transaction that it undoes.
private struct Rehearsed<Result: Sendable>: Error {
  let result: Result
}
