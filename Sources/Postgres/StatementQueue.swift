/// A statement as it is sent: its text and the values that travel beside it.
struct Statement {
  let text: String
  let binds: [SQLBind]

  init(_ sql: SQL) throws(PostgresError) {
    (text, binds) = sql.rendered()
    guard binds.count <= 65_535 else {
      throw PostgresError(.misuse, detail: "\(binds.count) binds; use arrays with unnest")
    }
  }

  /// What it takes in memory until it is sent, about.
  var byteCount: Int { binds.reduce(text.utf8.count) { $0 + ($1.bytes?.count ?? 0) } }

  /// Whether it may be sent in one row with others: libpq takes no COPY among them.
  var mayQueue: Bool {
    PreparedStatements.isPlanned(text) || Self.unplanned.contains { text.hasPrefix($0) }
  }

  private static let unplanned = ["COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "LOCK"]

  /// Its first words, for whoever looks for it in the source; values never stand in a text.
  var name: String {
    text.prefix(Limits.statementNameCharactersMax).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}

/// Statements whose answers nobody waits for, in the order in which they will be sent.
struct StatementQueue {
  private var statements: [Statement] = []
  private var byteCount = 0
  /// How many were sent, which is the place of the first that waits.
  private var sent = 0

  var isEmpty: Bool { statements.isEmpty }

  /// Whether no more should wait.
  var isFull: Bool {
    statements.count >= Limits.queuedStatementsMax || byteCount >= Limits.queuedBytesMax
  }

  /// Adds a statement behind the others.
  ///
  /// - Returns: its place among all that ever waited.
  @discardableResult
  mutating func append(_ statement: Statement) -> Int {
    statements.append(statement)
    byteCount += statement.byteCount
    return sent + statements.count - 1
  }

  /// Hands out all that wait, to be sent.
  mutating func take() -> [Statement] {
    defer { (statements, byteCount) = ([], 0) }
    sent += statements.count
    return statements
  }

  /// Whether the statement at a place has not been sent.
  func isWaiting(_ place: Int) -> Bool { place >= sent }

  /// Forgets the statement at a place and those behind it, as far as they wait.
  mutating func drop(from place: Int) {
    statements.removeSubrange(max(0, place - sent)...)
    byteCount = statements.reduce(0) { $0 + $1.byteCount }
  }

  /// Forgets all that wait.
  mutating func dropAll() {
    (statements, byteCount) = ([], 0)
  }
}
