internal import CPostgres
internal import Glibc

/// One open `PGconn` and the synchronous calls on it.
///
/// It is not Sendable: it lives on its connection's queue and nowhere else. Every call blocks
/// until the server has answered, but for `later`, which only notes what to send.
@safe
final class Session {
  let handle: OpaquePointer
  /// A handle for cancelling that may be used from another thread (`PQcancel` is thread-safe).
  let canceller: Canceller
  /// Counts transactions, so that one used after its end is told apart from the current one.
  var epoch = 0
  /// Counts cursors, so that each has a name of its own.
  var cursors = 0
  var statements = PreparedStatements()
  /// What waits to be sent with the next statement whose answer somebody needs.
  var queue = StatementQueue()
  /// Whether libpq and this session no longer agree on which answers are still to come.
  var isBroken = false

  /// Opens a connection and applies the session's settings.
  init(_ configuration: ConnectionConfiguration) throws(PostgresError) {
    let handle = try unsafe Session.connect(configuration)
    guard let cancel = unsafe PQgetCancel(handle) else {
      unsafe PQfinish(handle)
      throw PostgresError(.unreachable, object: configuration.place)
    }
    unsafe self.handle = unsafe handle
    canceller = unsafe Canceller(cancel)
    // Without this, libpq prints notices to standard error.
    _ = unsafe PQsetNoticeProcessor(handle, { _, _ in }, nil)
    let settings = configuration.sessionSettings
    let names = settings.map(\.name)
    let values = settings.map(\.value)
    try run(
      "SELECT set_config(name, value, false) FROM unnest(\(names), \(values)) AS s (name, value)")
  }

  deinit {
    unsafe PQfinish(handle)
  }

  private static func connect(
    _ configuration: ConnectionConfiguration
  ) throws(PostgresError) -> OpaquePointer {
    let parameters = configuration.parameters
    let opened: OpaquePointer? = unsafe withCStrings(parameters.map(\.keyword)) { keywords in
      unsafe withCStrings(parameters.map(\.value)) { values in
        unsafe PQconnectdbParams(keywords, values, 0)
      }
    }
    guard let handle = unsafe opened else {
      throw PostgresError(.unreachable, object: configuration.place, detail: "out of memory")
    }
    guard unsafe PQstatus(handle) == CONNECTION_OK else {
      let detail = unsafe String(cString: PQerrorMessage(handle))
      unsafe PQfinish(handle)
      throw PostgresError(
        .unreachable, object: configuration.place,
        hint: "is PostgreSQL running, and may this user connect?", detail: detail)
    }
    return unsafe handle
  }

  /// Whether the connection still stands, as far as libpq has noticed.
  var isUsable: Bool { unsafe !isBroken && PQstatus(handle) == CONNECTION_OK }

  /// Where the session is: idle, in a transaction, in a failed one.
  var state: PGTransactionStatusType { unsafe PQtransactionStatus(handle) }

  var isIdle: Bool { state == PQTRANS_IDLE }

  /// Whether a transaction is open and none of its statements has failed.
  var isInOpenTransaction: Bool { state == PQTRANS_INTRANS }

  /// The socket, for a dispatch source.
  var socket: Int32 { unsafe PQsocket(handle) }

  /// The version of the server, such as 150018.
  var serverVersion: Int { Int(unsafe PQserverVersion(handle)) }

  /// Runs one statement with its binds, after those that wait, and gives its rows.
  @discardableResult
  func run(_ sql: SQL) throws(PostgresError) -> Rows {
    let statement = try Statement(sql)
    guard !queue.isEmpty else { return try runAlone(statement) }
    guard statement.mayQueue else {
      try flush()
      return try runAlone(statement)
    }
    guard let rows = try runInRow(queue.take() + [statement]).last else { throw lostOrRefused() }
    return rows
  }

  private func runAlone(_ statement: Statement) throws(PostgresError) -> Rows {
    let binds = statement.binds
    let turn = turn(of: statement)
    if case .preparing(let name, let former) = turn {
      try prepare(statement.text, as: name, binds, after: former)
    }
    let count = Int32(binds.count)
    let result = unsafe withBinds(binds) { types, values, lengths, formats -> OpaquePointer? in
      switch turn {
      case .unprepared:
        unsafe PQexecParams(handle, statement.text, count, types, values, lengths, formats, 1)
      case .prepared(let name), .preparing(let name, _):
        unsafe PQexecPrepared(handle, name, count, values, lengths, formats, 1)
      }
    }
    do throws(PostgresError) {
      return try rows(of: unsafe taking(result))
    } catch {
      if error.isOfPreparing { statements.forget() }
      throw error
    }
  }

  /// How to send a statement now.
  ///
  /// In a failed transaction nothing can be prepared, and whatever is sent fails.
  func turn(of statement: Statement) -> PreparedStatements.Turn {
    guard state != PQTRANS_INERROR else { return .unprepared }
    return statements.turn(of: statement.text, statement.binds)
  }

  private func prepare(
    _ text: String, as name: String, _ binds: [SQLBind], after former: String?
  ) throws(PostgresError) {
    do throws(PostgresError) {
      if let former { try runSimply(former) }
      let result = unsafe withBinds(binds) { types, _, _, _ in
        unsafe PQprepare(handle, name, text, Int32(binds.count), types)
      }
      try check(unsafe taking(result))
    } catch {
      statements.forget()
      throw error
    }
  }

  /// Runs a script of several statements without binds and drops its rows.
  ///
  /// It may change what prepared statements were prepared for.
  func runScript(_ text: String) throws(PostgresError) {
    try flush()
    statements.forget()
    try runSimply(text)
  }

  private func runSimply(_ text: String) throws(PostgresError) {
    let result = try unsafe taking(PQexec(handle, text))
    try check(result)
  }

  /// The channels of what the server has sent by itself; nil when the connection is gone.
  ///
  /// It reads until nothing is left. A dispatch source tells the end of a connection only once,
  /// and libpq may stop at the server's last words, which stand in front of that end.
  func consumeNotifications() -> Set<String>? {
    var channels: Set<String> = []
    repeat {
      guard unsafe PQconsumeInput(handle) == 1, isUsable else { return nil }
      while let notification = unsafe PQnotifies(handle) {
        unsafe channels.insert(String(cString: notification.pointee.relname))
        unsafe PQfreemem(notification)
      }
    } while hasInput
    return channels
  }

  /// Whether the socket has bytes or its end to read, without waiting.
  private var hasInput: Bool {
    var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&descriptor, 1, 0) > 0
  }

  func taking(_ result: OpaquePointer?) throws(PostgresError) -> ServerResult {
    guard let result = unsafe result else { throw lostOrRefused() }
    return unsafe ServerResult(result)
  }

  /// Throws unless the statement was completed.
  func check(_ result: borrowing ServerResult) throws(PostgresError) {
    switch result.status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_EMPTY_QUERY: return
    case PGRES_COPY_IN:
      unsafe PQputCopyEnd(handle, "not a statement")
      drain()
      throw PostgresError(.misuse, detail: "COPY FROM STDIN outside copyIn")
    case PGRES_COPY_OUT, PGRES_COPY_BOTH:
      canceller.cancel()
      drain()
      throw PostgresError(.misuse, detail: "COPY TO STDOUT outside copyOut")
    default: throw error(from: result)
    }
  }

  private func rows(of result: consuming ServerResult) throws(PostgresError) -> Rows {
    try check(result)
    return result.copied()
  }

  /// Takes and drops everything still on its way, so that the session can be used again.
  func drain() {
    while let result = unsafe PQgetResult(handle) {
      let status = unsafe PQresultStatus(result)
      unsafe PQclear(result)
      if status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH {
        var buffer: UnsafeMutablePointer<CChar>?
        while unsafe PQgetCopyData(handle, &buffer, 0) > 0 { unsafe PQfreemem(buffer) }
      } else if status == PGRES_COPY_IN {
        unsafe PQputCopyEnd(handle, "drained")
      }
    }
  }

  /// The error of a failed result, with its SQLSTATE and the object it names.
  func error(from result: borrowing ServerResult) -> PostgresError {
    let sqlstate = result.field(Int32(UInt8(ascii: "C")))
    guard let sqlstate else { return lostOrRefused() }
    let object =
      result.field(Int32(UInt8(ascii: "n"))) ?? result.field(Int32(UInt8(ascii: "t")))
      ?? result.field(Int32(UInt8(ascii: "c")))
    let detail = ["M", "D", "H", "W"].compactMap {
      result.field(Int32($0.unicodeScalars.first?.value ?? 0))
    }.joined(separator: " · ")
    let code: PostgresError.Code =
      switch sqlstate {
      case "57014", "55P03": .timeout  // a cancelled task is told apart by the connection
      case "57P01", "57P02", "57P03", "08006", "08003", "25P03": .lost
      default: isUsable ? .refused : .lost
      }
    return PostgresError(code, sqlstate: sqlstate, object: object, detail: detail)
  }

  /// The error of a call that libpq itself failed.
  func lostOrRefused() -> PostgresError {
    let detail = unsafe String(cString: PQerrorMessage(handle))
    return PostgresError(isUsable ? .refused : .lost, detail: detail)
  }
}

extension Session {
  /// Starts a COPY and answers whether the server now expects or sends data.
  func beginCopy(_ sql: SQL, expecting status: ExecStatusType) throws(PostgresError) {
    let (text, binds) = sql.rendered()
    guard binds.isEmpty else {
      throw PostgresError(.misuse, detail: "COPY takes no binds")
    }
    try flush()
    let result = try unsafe taking(PQexec(handle, text))
    guard result.status == status else {
      try check(result)
      throw PostgresError(.misuse, detail: "not a COPY in the expected direction")
    }
  }

  func putCopyData(_ bytes: [UInt8]) throws(PostgresError) {
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe PQputCopyData(
        handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
    }
    guard status == 1 else { throw lostOrRefused() }
  }

  /// Ends a COPY into the database, abandoned when a reason is given, and gives its rows' number.
  func endCopyIn(abandoning reason: String? = nil) throws(PostgresError) -> Int {
    guard unsafe PQputCopyEnd(handle, reason) == 1 else { throw lostOrRefused() }
    defer { drain() }
    let result = try unsafe taking(PQgetResult(handle))
    try check(result)
    return result.affected
  }

  /// The next chunk of a COPY out of the database; nil at its end.
  func nextCopyChunk() throws(PostgresError) -> [UInt8]? {
    var buffer: UnsafeMutablePointer<CChar>?
    let length = unsafe PQgetCopyData(handle, &buffer, 0)
    if length > 0, let start = unsafe buffer {
      defer { unsafe PQfreemem(start) }
      return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(length)))
    }
    guard length == -1 else { throw lostOrRefused() }
    defer { drain() }
    let result = try unsafe taking(PQgetResult(handle))
    try check(result)
    return nil
  }
}
