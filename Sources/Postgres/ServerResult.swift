internal import CPostgres

/// One `PGresult`, freed when it goes out of scope.
@safe
struct ServerResult: ~Copyable {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    unsafe self.pointer = unsafe pointer
  }

  deinit {
    unsafe PQclear(pointer)
  }

  var status: ExecStatusType { unsafe PQresultStatus(pointer) }

  /// A field of an error report, by its code (PostgreSQL documentation, section 55.8).
  func field(_ code: Int32) -> String? {
    guard let text = unsafe PQresultErrorField(pointer, code) else { return nil }
    return unsafe String(cString: text)
  }

  /// How many rows the statement wrote or gave.
  var affected: Int {
    guard let text = unsafe PQcmdTuples(pointer) else { return 0 }
    return unsafe Int(String(cString: text)) ?? 0
  }

  /// Copies every cell out, so that nothing points into libpq's memory afterwards.
  func copied() -> Rows {
    let rowCount = Int(unsafe PQntuples(pointer))
    let columnCount = unsafe PQnfields(pointer)
    var names: [String] = []
    var oids: [UInt32] = []
    for column in 0..<columnCount {
      unsafe names.append(PQfname(pointer, column).map { unsafe String(cString: $0) } ?? "")
      unsafe oids.append(PQftype(pointer, column))
    }
    var bytes: [UInt8] = []
    var ranges: [Range<Int>?] = []
    ranges.reserveCapacity(rowCount * Int(columnCount))
    for row in 0..<Int32(rowCount) {
      for column in 0..<columnCount {
        guard unsafe PQgetisnull(pointer, row, column) == 0,
          let start = unsafe PQgetvalue(pointer, row, column)
        else {
          ranges.append(nil)
          continue
        }
        let length = Int(unsafe PQgetlength(pointer, row, column))
        let from = bytes.count
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: length))
        ranges.append(from..<from + length)
      }
    }
    return Rows(
      table: ResultTable(
        names: names, oids: oids, bytes: bytes, ranges: ranges, count: rowCount),
      affected: affected)
  }
}

/// Cancels what a session is doing, from any thread.
///
/// `@unchecked`: the one thing it holds is a `PGcancel`, which libpq documents as read-only after
/// its creation and usable from any thread, so there is no state to race on.
@safe
final class Canceller: @unchecked Sendable {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) {
    unsafe self.handle = unsafe handle
  }

  deinit {
    unsafe PQfreeCancel(handle)
  }

  /// Opens a second connection to the server and asks it to cancel; blocks until it has answered.
  func cancel() {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      _ = unsafe PQcancel(handle, buffer.baseAddress, Int32(buffer.count))
    }
  }
}
