/// An operation on the database that failed.
///
/// `description` is safe to show and to log: it never carries values, which PostgreSQL quotes in
/// its own messages ("Key (name)=(…) already exists"). Those are in `debugDescription` alone.
/// Decide by `code` or `sqlstate`, never by text: messages are localised by the server.
package struct PostgresError: Error, Sendable {
  /// What kind of failure it was, for callers that act on it.
  package enum Code: String, Sendable {
    /// No connection could be opened.
    case unreachable
    /// The connection broke while a transaction was open; nothing of it is in the database.
    case lost
    /// The connection broke while COMMIT was under way, or no answer of the server tells its end:
    /// it may or may not have happened.
    case outcomeUnknown
    /// The server refused a statement; `sqlstate` says why.
    case refused
    /// The server asked for a repeat of the whole transaction more often than the limit allows.
    case contended
    /// The task was cancelled (SQLSTATE 57014 when a statement was running).
    case cancelled
    /// A statement or lock time-out passed.
    case timeout
    /// A result does not have the type that the caller asked for.
    case decoding
    /// The connection, pool or transaction was used after its end, or in a way it does not offer.
    case misuse
    /// Too many tasks wait for a connection.
    case busy
    /// A connection string, service file or option is not valid.
    case configuration
  }

  /// What kind of failure it was.
  package let code: Code
  /// The five characters of SQLSTATE, when the server answered.
  package let sqlstate: String?
  /// The constraint, table, column or host that the failure concerns, when it is known.
  package let object: String?
  /// What an operator can do about it.
  package let hint: String?
  /// The first words of the statement that failed, when it was sent in a row with others; they are
  /// the program's own and hold no value.
  package let statement: String?
  /// The server's or libpq's own words; they may contain values, so never show them to a peer.
  package let detail: String

  /// Makes an error; `detail` is for the log of a debug session only.
  package init(
    _ code: Code, sqlstate: String? = nil, object: String? = nil, hint: String? = nil,
    statement: String? = nil, detail: String = ""
  ) {
    self.code = code
    self.sqlstate = sqlstate
    self.object = object
    self.hint = hint
    self.statement = statement
    self.detail = detail
  }

  /// The same error, of the statement with these first words.
  func named(_ statement: String) -> PostgresError {
    PostgresError(
      code, sqlstate: sqlstate, object: object, hint: hint, statement: statement, detail: detail)
  }

  /// The same error as what COMMIT, or something sent in a row with it, failed with.
  ///
  /// Where the server says itself that it refused, nothing stays. What libpq alone says, such as
  /// that it has no memory for an answer, keeps no server from going on to the COMMIT behind.
  var ofCommit: PostgresError {
    guard code == .lost || sqlstate == nil else { return self }
    return PostgresError(.outcomeUnknown, sqlstate: sqlstate, detail: detail)
  }

  /// Whether a repeat of the whole transaction can succeed: serialization failure or deadlock.
  package var isRepeatable: Bool { sqlstate == "40001" || sqlstate == "40P01" }

  /// Whether a statement that was prepared is no longer what it was: the server knows no such
  /// name (26000), or its columns have other types since (0A000).
  var isOfPreparing: Bool { sqlstate == "26000" || sqlstate == "0A000" }

  /// Whether the server is away, rather than refusing what was asked.
  package var isUnavailable: Bool {
    switch code {
    case .unreachable, .lost, .outcomeUnknown: true
    default:
      // 53300 too many connections, 57P0x shutting down or starting up.
      sqlstate == "53300" || (sqlstate?.hasPrefix("57P0") ?? false)
    }
  }

  /// Whether the server has no room: disk full or out of memory.
  package var isOutOfSpace: Bool { sqlstate == "53100" || isOutOfMemory }

  /// Whether the server has no memory left.
  package var isOutOfMemory: Bool { sqlstate == "53200" }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
  /// One line without any value of the database.
  package var description: String {
    var text = "database: \(words)"
    if let sqlstate { text += " (SQLSTATE \(sqlstate))" }
    if let object { text += ": \(object)" }
    if let hint { text += "; \(hint)" }
    return text
  }

  /// The same with the statement and the server's own words, which may contain values.
  package var debugDescription: String {
    let said = [statement, detail.isEmpty ? nil : detail].compactMap(\.self)
    return said.isEmpty ? description : "\(description) [\(said.joined(separator: ": "))]"
  }

  private var words: String {
    switch code {
    case .unreachable: "no connection"
    case .lost: "connection lost"
    case .outcomeUnknown: "connection lost during commit, outcome unknown"
    case .refused: "statement refused"
    case .contended: "transaction repeated too often"
    case .cancelled: "cancelled"
    case .timeout: "timed out"
    case .decoding: "unexpected type of result"
    case .misuse: "used wrongly"
    case .busy: "too many waiting"
    case .configuration: "invalid configuration"
    }
  }
}
