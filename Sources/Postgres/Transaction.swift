/// One transaction, valid inside the closure it is lent to.
///
/// It is not copyable and is passed borrowing, so keeping it beyond the closure does not compile.
/// All calls block; the closure runs on the connection's queue, nothing can come between two of
/// its statements.
package struct Transaction: ~Copyable {
  let session: Session
  private let epoch: Int

  init(session: Session) {
    self.session = session
    epoch = session.epoch
  }

  /// Runs a statement and gives the number of rows it wrote.
  @discardableResult
  package func execute(_ sql: SQL) throws(PostgresError) -> Int {
    try rows(sql).affected
  }

  /// Runs a statement whose answer nobody waits for, with the next one that is asked for its own.
  ///
  /// It saves a round trip. The order is kept, so whatever reads afterwards sees it. When it fails,
  /// the error, with its own SQLSTATE and statement, is thrown by the next call that sends
  /// something: at the latest by the end of the savepoint it belongs to, or by the commit.
  package func later(_ sql: SQL) throws(PostgresError) {
    try assertCurrent()
    try session.later(sql)
  }

  /// Sends what waits, for who needs to know now whether it failed.
  package func flush() throws(PostgresError) {
    try assertCurrent()
    try session.flush()
  }

  /// Runs a statement and gives all its rows, in memory.
  ///
  /// For results without a bound known beforehand use ``forEachBatch(of:_:_:)``.
  package func rows(_ sql: SQL) throws(PostgresError) -> Rows {
    try assertCurrent()
    return try session.run(sql)
  }

  /// Runs statements that need nothing of each other's answers, with one wait for all, and gives
  /// the rows of each.
  package func rows(ofEach statements: [SQL]) throws(PostgresError) -> [Rows] {
    try assertCurrent()
    return try session.run(each: statements)
  }

  /// Runs a statement and gives its first row.
  package func firstRow(_ sql: SQL) throws(PostgresError) -> Row? {
    try rows(sql).first
  }

  /// Runs a statement and gives the first column of its first row.
  package func value<Value: SQLValue>(
    _ sql: SQL, as type: Value.Type = Value.self
  ) throws(PostgresError) -> Value? {
    try rows(sql).first?.value(0, as: type)
  }

  /// Reads a large result by a cursor, one batch of rows in memory at a time.
  package func forEachBatch(
    of count: Int, _ sql: SQL, _ body: (Rows) throws -> Void
  ) throws {
    try assertCurrent()
    session.cursors += 1
    let name = "guantong_cursor_\(session.cursors)"
    try session.run("DECLARE \(unsafeIdentifier: name) NO SCROLL CURSOR FOR \(sql)")
    let fetch = SQL(unsafeText: "FETCH \(max(1, count)) FROM \(quotedIdentifier(name))")
    while true {
      let batch = try session.run(fetch)
      if batch.isEmpty { break }
      try body(batch)
    }
    try session.run("CLOSE \(unsafeIdentifier: name)")
  }

  /// Runs several statements that ship with the program, such as a migration.
  package func runScript(unsafeText text: String) throws(PostgresError) {
    try assertCurrent()
    try session.runScript(text)
  }

  /// Runs a closure that may fail without taking the whole transaction with it.
  package func savepoint<Result>(
    _ body: (borrowing Transaction) throws -> Result
  ) throws -> Result {
    try assertCurrent()
    let savepoint = try session.setSavepoint()
    do {
      let result = try body(self)
      try session.run("RELEASE SAVEPOINT guantong")
      return result
    } catch let first {
      // When the connection is gone, or the savepoint could not even be set, the first error is
      // the one that explains it; a transaction that failed is never committed.
      if session.isUsable {
        do throws(PostgresError) {
          try session.undo(to: savepoint)
        } catch {
          if error.isUnavailable { throw error }
        }
      }
      throw first
    }
  }

  func assertCurrent() throws(PostgresError) {
    guard epoch == session.epoch else {
      throw PostgresError(.misuse, detail: "a transaction was used after its end")
    }
  }
}

/// How a transaction sees others and whether it may write.
package struct TransactionMode: Sendable, Equatable {
  /// How far a transaction is kept apart from concurrent ones.
  package enum Isolation: String, Sendable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
  }

  /// How far it is kept apart from concurrent ones.
  package let isolation: Isolation
  /// Whether the server refuses every write in it (25006).
  package let isReadOnly: Bool

  /// Makes a mode.
  package init(_ isolation: Isolation, isReadOnly: Bool = false) {
    self.isolation = isolation
    self.isReadOnly = isReadOnly
  }

  /// Writes, seeing each statement's newest committed rows.
  package static let write = TransactionMode(.readCommitted)
  /// Writes as if alone; the server may ask for repeats (40001).
  package static let serializable = TransactionMode(.serializable)
  /// Reads one snapshot and cannot write.
  package static let read = TransactionMode(.repeatableRead, isReadOnly: true)

  var begin: SQL {
    SQL(
      unsafeText: "BEGIN ISOLATION LEVEL \(isolation.rawValue) READ "
        + (isReadOnly ? "ONLY" : "WRITE"))
  }
}
