import Dispatch
import Synchronization

/// A connection to one database: one serial queue, one `PGconn`, transactions as closures.
///
/// ```swift
/// let connection = Connection(configuration)
/// let count = try await connection.transaction(.read) { transaction in
///   try transaction.value("SELECT count(*) FROM ledger.change_set", as: Int.self) ?? 0
/// }
/// ```
///
/// It opens itself at first use, and again when the server has been restarted in between. Callers
/// queue in the order of their calls. Cancelling the calling task cancels the running statement.
///
/// `@unchecked Sendable`: `session`, `lateCancellation` and `isClosed` are touched only by blocks
/// on `queue`, which is serial; everything else is constant or a `Mutex`.
@safe
package final class Connection: @unchecked Sendable {
  /// Where it connects.
  package let configuration: ConnectionConfiguration
  private let queue: DispatchQueue
  private var session: Session?
  private var isClosed = false
  /// A cancellation of the last job that may still be on its way to the server.
  private var lateCancellation: Cancellation?
  private let running = Mutex<Running?>(nil)

  /// The job that the session works on now, so that a cancellation hits no other one.
  private struct Running {
    let job: ObjectIdentifier
    let canceller: Canceller
    var cancellation: Cancellation?
  }

  /// Makes a connection that is opened by its first use.
  package init(_ configuration: ConnectionConfiguration) {
    self.configuration = configuration
    queue = DispatchQueue(label: "guantong.postgres.connection")
  }

  /// Runs a closure as one transaction and gives its result.
  ///
  /// The closure runs again, from the start, when the server asks for a repeat (40001, 40P01), so
  /// it must have no effect but through the transaction. When it throws, nothing stays.
  /// - Throws: what the closure throws, or a `PostgresError`; its code `.outcomeUnknown` means
  ///   that the connection broke during COMMIT and the caller must look whether it happened.
  @discardableResult
  package func transaction<Result: Sendable>(
    _ mode: TransactionMode = .write,
    _ body: @escaping @Sendable (borrowing Transaction) throws -> Result
  ) async throws -> Result {
    try await transaction(mode, wrapping: { $0 }, body)
  }

  /// Runs a closure as one transaction, lent as a type that the caller wraps around it.
  @discardableResult
  package func transaction<Wrapper: ~Copyable, Result: Sendable>(
    _ mode: TransactionMode = .write,
    wrapping wrap: @escaping @Sendable (consuming Transaction) -> Wrapper,
    _ body: @escaping @Sendable (borrowing Wrapper) throws -> Result
  ) async throws -> Result {
    var pause = Limits.retryPauseFirst
    var attempt = 0
    while true {
      attempt += 1
      do {
        return try await onQueue { connection, job in
          try connection.attempt(mode, job: job, wrap: wrap, body: body)
        }
      } catch let error as PostgresError where error.isRepeatable {
        guard attempt < Limits.transactionTries else {
          throw PostgresError(
            .contended, sqlstate: error.sqlstate, object: error.object, detail: error.detail)
        }
      }
      // Half of the pause is random, so that two rivals do not meet again.
      try await Task.sleep(for: pause / 2 + pause / 2 * Double.random(in: 0...1))
      pause *= 2
    }
  }

  /// Runs one statement outside a transaction block, such as CREATE DATABASE or VACUUM.
  @discardableResult
  package func statement(_ sql: SQL) async throws -> Rows {
    try await onQueue { connection, job in
      try connection.withSession(job: job, start: "SELECT") { session in
        try session.run(sql)
      }
    }
  }

  /// The version of the server, such as 150018.
  package func serverVersion() async throws -> Int {
    try await onQueue { connection, job in
      try connection.withSession(job: job, start: "SELECT") { $0.serverVersion }
    }
  }

  /// Ends the connection after what is queued already; later calls fail.
  package func close() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.isClosed = true
        self.session = nil
        continuation.resume()
      }
    }
  }

  /// BEGIN, COMMIT and ROLLBACK stand here and nowhere else.
  private func attempt<Wrapper: ~Copyable, Result>(
    _ mode: TransactionMode, job: Job,
    wrap: (consuming Transaction) -> Wrapper, body: (borrowing Wrapper) throws -> Result
  ) throws -> Result {
    try withSession(job: job, start: mode.begin) { session in
      session.epoch += 1
      do {
        let result: Result
        do {
          defer { session.epoch += 1 }
          // The epoch inside is odd or even by turns; a transaction kept back has another one.
          let wrapper = wrap(Transaction(session: session))
          result = try body(wrapper)
        }
        try commit(session)
        return result
      } catch {
        rollback(session)
        throw error
      }
    }
  }

  private func commit(_ session: Session) throws(PostgresError) {
    guard session.isUsable else {
      // Its loss was swallowed, or came right behind a refusal, which is what the closure heard of.
      throw PostgresError(.lost, detail: "the connection broke before COMMIT")
    }
    guard session.isInOpenTransaction else {
      // A failed statement whose error the closure swallowed: COMMIT would roll back silently.
      throw PostgresError(.misuse, sqlstate: "25P02", detail: "commit of a failed transaction")
    }
    do throws(PostgresError) {
      try session.run("COMMIT")
    } catch {
      throw error.ofCommit
    }
  }

  private func rollback(_ session: Session) {
    session.queue.dropAll()
    guard session.isUsable, !session.isIdle else { return }
    do throws(PostgresError) {
      try session.run("ROLLBACK")
    } catch {
      // A session that cannot roll back is of no use; the server rolls back when it goes.
      self.session = nil
    }
  }

  /// Lends the session, opened when there is none, and marks the job as the running one.
  ///
  /// The first statement tells whether a session kept from before is still of use: a server that
  /// was restarted since shows only then. Nothing has happened yet, so it is sent once more to a
  /// new session. Later statements are never repeated alone.
  private func withSession<Result>(
    job: Job, start: SQL, _ body: (Session) throws -> Result
  ) throws -> Result {
    guard !isClosed else { throw PostgresError(.misuse, detail: "the connection is closed") }
    guard !job.isCancelled else { throw PostgresError(.cancelled) }
    awaitLateCancellation()
    defer {
      lateCancellation = running.withLock { running in
        defer { running = nil }
        return running?.cancellation
      }
    }
    do {
      let session = try startedSession(job: job, start: start)
      guard !job.isCancelled else {
        rollback(session)
        throw PostgresError(.cancelled)
      }
      return try body(session)
    } catch let error as PostgresError {
      if error.isUnavailable { session = nil }
      guard error.sqlstate == "57014", job.isCancelled else { throw error }
      throw PostgresError(.cancelled, sqlstate: "57014")
    }
  }

  private func startedSession(job: Job, start: SQL) throws(PostgresError) -> Session {
    if let session, session.isUsable {
      do throws(PostgresError) {
        mark(session, job)
        try session.run(start)
        return session
      } catch {
        guard error.isUnavailable else { throw error }
      }
    }
    session = nil
    let opened = try Session(configuration)
    session = opened
    mark(opened, job)
    try opened.run(start)
    return opened
  }

  /// Waits until the server has been asked to cancel the job before, so that the request cannot
  /// hit this one; a session whose request does not end in time is dropped with what it may hit.
  private func awaitLateCancellation() {
    guard let cancellation = lateCancellation else { return }
    lateCancellation = nil
    let limit = DispatchTimeInterval.milliseconds(Limits.cancellationMillisecondsMax)
    if !cancellation.hasEnded(within: limit) { session = nil }
  }

  /// Whether the server is being asked to cancel the running job.
  var isCancelling: Bool { running.withLock { $0?.cancellation != nil } }

  private func mark(_ session: Session, _ job: Job) {
    running.withLock { $0 = Running(job: ObjectIdentifier(job), canceller: session.canceller) }
  }

  /// Runs a block on the queue; a cancellation of the task reaches the block's statement.
  private func onQueue<Result: Sendable>(
    _ body: @escaping @Sendable (Connection, Job) throws -> Result
  ) async throws -> Result {
    let job = Job()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        queue.async {
          continuation.resume(with: Swift.Result { try body(self, job) })
        }
      }
    } onCancel: {
      job.cancel()
      // PQcancel opens a socket and waits: never on the task's own thread.
      Connection.cancelQueue.async { self.cancel(job) }
    }
  }

  /// Cancels the running statement if it still belongs to the job.
  ///
  /// The server is asked outside the lock, since it may be slow to answer; the cancellation stays
  /// with the job, and the next one begins only when it has ended.
  private func cancel(_ job: Job) {
    let cancellation = Cancellation()
    let canceller = running.withLock { running -> Canceller? in
      guard let current = running, current.job == ObjectIdentifier(job) else { return nil }
      running?.cancellation = cancellation
      return current.canceller
    }
    guard let canceller else { return }
    canceller.cancel()
    cancellation.end()
  }

  private static let cancelQueue = DispatchQueue(
    label: "guantong.postgres.cancel", attributes: .concurrent)
}

/// One call's place in the queue and whether its task has been cancelled.
private final class Job: Sendable {
  private let cancelled = Atomic<Bool>(false)

  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

  func cancel() {
    cancelled.store(true, ordering: .releasing)
  }
}

/// A request to the server to cancel a job, until the server has taken it.
private final class Cancellation: Sendable {
  private let ended = DispatchSemaphore(value: 0)

  func end() {
    ended.signal()
  }

  /// Waits for its end, for one caller.
  func hasEnded(within limit: DispatchTimeInterval) -> Bool {
    ended.wait(timeout: .now() + limit) == .success
  }
}
