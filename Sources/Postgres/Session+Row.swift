internal import CPostgres

/// Statements sent in a row, with one wait for the answers of all: libpq's pipeline mode.
///
/// The server runs them in their order and stops at the first that fails.
extension Session {
  /// Notes a statement whose answer nobody waits for; it goes out with the next that is run, or
  /// when too many wait.
  func later(_ sql: SQL) throws(PostgresError) {
    let statement = try Statement(sql)
    guard statement.mayQueue else {
      throw PostgresError(.misuse, detail: "cannot wait for others: \(statement.name)")
    }
    queue.append(statement)
    if queue.isFull { try flush() }
  }

  /// Sends what waits and takes its answers.
  func flush() throws(PostgresError) {
    guard !queue.isEmpty else { return }
    try runInRow(queue.take())
  }

  /// Sets a savepoint, at the latest with the first statement after it.
  ///
  /// What waits already is sent now, since its failure is none of what comes after.
  /// - Returns: where it stands, for ``undo(to:)``.
  func setSavepoint() throws(PostgresError) -> Int {
    let hasWaited = !queue.isEmpty
    let place = queue.append(try Statement("SAVEPOINT guantong"))
    if hasWaited { try flush() }
    return place
  }

  /// Undoes everything since a savepoint, and takes it away.
  func undo(to savepoint: Int) throws(PostgresError) {
    guard !queue.isWaiting(savepoint) else { return queue.drop(from: savepoint) }
    queue.dropAll()
    queue.append(try Statement("ROLLBACK TO SAVEPOINT guantong"))
    try run("RELEASE SAVEPOINT guantong")
  }

  /// Runs statements in a row, after those that wait, and gives the rows of each.
  func run(each statements: [SQL]) throws(PostgresError) -> [Rows] {
    var asked: [Statement] = []
    for sql in statements { asked.append(try Statement(sql)) }
    if let alone = asked.first(where: { !$0.mayQueue }) {
      throw PostgresError(.misuse, detail: "cannot be sent with others: \(alone.name)")
    }
    return try runInRow(queue.take() + asked, keeping: asked.count)
  }

  /// Runs statements in a row and gives the rows of the last, or of so many.
  ///
  /// - Throws: the error of the first that failed, with its name; those after it were not run.
  @discardableResult
  func runInRow(
    _ row: [Statement], keeping count: Int = 1
  ) throws(PostgresError) -> [Rows] {
    guard !row.isEmpty else { return [] }
    guard isUsable, unsafe PQenterPipelineMode(handle) == 1 else { throw broken() }
    // What the answers will be to, in their order: a statement may need others before it.
    var owners: [Int] = []
    var isPreparing = false
    let isFailed = state == PQTRANS_INERROR
    for (index, statement) in row.enumerated() {
      let turn = isFailed ? .unprepared : turn(of: statement)
      if case .preparing = turn { isPreparing = true }
      guard let count = put(statement, turn) else { throw broken() }
      owners += repeatElement(index, count: count)
    }
    guard unsafe PQpipelineSync(handle) == 1 else { throw broken() }
    do throws(PostgresError) {
      let rows = try answers(of: row, sentAs: owners, keeping: count)
      try leaveRow()
      return rows
    } catch {
      // Of what was to be prepared nobody knows what the server came to.
      if isPreparing || error.isOfPreparing { statements.forget() }
      throw error
    }
  }

  /// Puts a statement on its way, after what it needs before it.
  ///
  /// - Returns: how many answers will come; nil when libpq could not take it.
  private func put(_ statement: Statement, _ turn: PreparedStatements.Turn) -> Int? {
    let count = Int32(statement.binds.count)
    return unsafe withBinds(statement.binds) { types, values, lengths, formats -> Int? in
      switch turn {
      case .unprepared:
        let isSent = unsafe PQsendQueryParams(
          handle, statement.text, count, types, values, lengths, formats, 1)
        return isSent == 1 ? 1 : nil
      case .prepared(let name):
        let isSent = unsafe PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1)
        return isSent == 1 ? 1 : nil
      case .preparing(let name, let former):
        if let former {
          guard unsafe PQsendQueryParams(handle, former, 0, nil, nil, nil, nil, 1) == 1
          else { return nil }
        }
        guard unsafe PQsendPrepare(handle, name, statement.text, count, types) == 1,
          unsafe PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1) == 1
        else { return nil }
        return former == nil ? 2 : 3
      }
    }
  }

  /// Takes the answers to what was sent, and gives the rows of so many of the last.
  private func answers(
    of row: [Statement], sentAs owners: [Int], keeping count: Int
  ) throws(PostgresError) -> [Rows] {
    var failure: PostgresError?
    var rows: [Rows] = []
    for (place, owner) in owners.enumerated() {
      guard let answer = unsafe PQgetResult(handle) else { break }
      let result = unsafe ServerResult(answer)
      switch result.status {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
        // What had to go before a statement has an answer of its own, which tells nothing.
        let isItsOwn = place + 1 == owners.count || owners[place + 1] != owner
        if isItsOwn, owner >= row.count - count { rows.append(result.copied()) }
      case PGRES_PIPELINE_ABORTED: break
      case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: throw broken()
      default:
        if failure == nil { failure = error(from: result).named(row[owner].name) }
      }
      // The end of the answers to this one.
      while let more = unsafe PQgetResult(handle) { unsafe PQclear(more) }
    }
    if let failure {
      // Where the session cannot go on, that is found by the next who uses it.
      _ = try? leaveRow()
      throw failure
    }
    guard rows.count == min(count, row.count) else { throw broken() }
    return rows
  }

  /// Takes the end of the row, after which the session runs single statements again.
  private func leaveRow() throws(PostgresError) {
    guard let end = unsafe PQgetResult(handle) else { throw broken() }
    let status = unsafe PQresultStatus(end)
    unsafe PQclear(end)
    guard status == PGRES_PIPELINE_SYNC, unsafe PQexitPipelineMode(handle) == 1 else {
      throw broken()
    }
  }

  /// The error of a session that is of no use any more.
  private func broken() -> PostgresError {
    isBroken = true
    return PostgresError(.lost, detail: unsafe String(cString: PQerrorMessage(handle)))
  }
}
