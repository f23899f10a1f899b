internal import CPostgres

/// Where a database is and how a session with it is set up.
///
/// Values are handed to libpq as keyword arrays, so no connection string is ever built. Several
/// hosts are given as libpq gives them: comma-separated `host` and `port`, with
/// `target_session_attrs=read-write` to find the one that may write.
package struct ConnectionConfiguration: Sendable, Equatable {
  /// libpq's connection parameters (PostgreSQL documentation, section 34.1.2).
  package var keywords: [String: String]
  /// How long one statement may run.
  package var statementTimeout: Duration = Limits.statementTimeout
  /// How long a statement may wait for a lock.
  package var lockTimeout: Duration = Limits.lockTimeout
  /// How long a transaction may stand idle.
  package var idleInTransactionTimeout: Duration = Limits.idleInTransactionTimeout
  /// Further settings of the session, such as `search_path`.
  package var settings: [String: String] = [:]

  /// Takes libpq's keywords.
  package init(keywords: [String: String]) {
    self.keywords = keywords
  }

  /// A database reached by the socket in a directory.
  package init(socketDirectory: String, port: Int = 5432, user: String, database: String) {
    self.init(keywords: [
      "host": socketDirectory, "port": "\(port)", "user": user, "dbname": database,
    ])
  }

  /// Reads a connection URI or a keyword string with libpq's own parser.
  ///
  /// Accepts what `psql` accepts: `postgresql://…`, `host=… port=…`, `service=…`, several hosts.
  /// The error never repeats the string, which may hold a password.
  package init(parsing text: String) throws(PostgresError) {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = unsafe PQconninfoParse(text, &message) else {
      unsafe PQfreemem(message)
      throw PostgresError(
        .configuration, object: "database.url",
        hint: "write it as postgresql://user@host:port/database or as service=NAME")
    }
    defer { unsafe PQconninfoFree(options) }
    var keywords: [String: String] = [:]
    var option = unsafe options
    while let keyword = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val {
        unsafe keywords[String(cString: keyword)] = String(cString: value)
      }
      unsafe option += 1
    }
    self.init(keywords: keywords)
  }

  /// The same server with another database.
  package func with(database: String) -> ConnectionConfiguration {
    var copy = self
    copy.keywords["dbname"] = database
    return copy
  }

  /// The same database as another role.
  package func with(user: String) -> ConnectionConfiguration {
    var copy = self
    copy.keywords["user"] = user
    return copy
  }

  /// What libpq is given: the keywords with our defaults for what they leave open.
  var parameters: [(keyword: String, value: String)] {
    var all: [String: String] = [
      "connect_timeout": "\(Limits.connectSecondsMax)",
      "application_name": "guantong",
      "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
    ]
    all.merge(keywords) { _, given in given }
    all["client_encoding"] = "UTF8"
    return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The settings that every session starts with.
  ///
  /// `synchronous_commit` is set because a positive answer to a peer is given only after a commit
  /// that is on disk, whatever the server's own default is.
  var sessionSettings: [(name: String, value: String)] {
    var all: [String: String] = [
      "statement_timeout": milliseconds(statementTimeout),
      "lock_timeout": milliseconds(lockTimeout),
      "idle_in_transaction_session_timeout": milliseconds(idleInTransactionTimeout),
      "TimeZone": "UTC",
      "DateStyle": "ISO, YMD",
      "IntervalStyle": "postgres",
      "synchronous_commit": "on",
    ]
    all.merge(settings) { _, given in given }
    return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Where it connects, without user and password, for messages.
  package var place: String {
    if let service = keywords["service"] { return "service \(service)" }
    let host = keywords["host"] ?? keywords["hostaddr"] ?? "the default socket"
    let database = keywords["dbname"].map { ", database \($0)" } ?? ""
    return "\(host) port \(keywords["port"] ?? "5432")\(database)"
  }

  private func milliseconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return "\(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)"
  }
}
