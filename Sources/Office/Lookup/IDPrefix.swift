import Ledger
import Postgres
import Replica

/// The ids of change sets that begin with what a person typed: at least eight hexadecimal digits.
struct IDPrefix {
  /// The lowest of them.
  let low: ChangeSetID
  /// The highest of them.
  let high: ChangeSetID

  /// Nil for a text that is no such beginning.
  init?(_ text: String) {
    let width = 2 * Hash256.byteCount
    let isPrefix =
      text.utf8.count >= Limits.prefixDigitsMin && text.utf8.count <= width
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (97...102).contains(byte | 0x20)
      }
    guard isPrefix else { return nil }
    let rest = width - text.utf8.count
    let prefix = text.lowercased()
    guard let low = ChangeSetID(hex: prefix + String(repeating: "0", count: rest)),
      let high = ChangeSetID(hex: prefix + String(repeating: "f", count: rest))
    else { return nil }
    self.low = low
    self.high = high
  }

  /// The one id of some rows that a text names by its beginning.
  ///
  /// - Parameters:
  ///   - text: what was typed.
  ///   - rows: the source of the rows, which have a column `id`.
  ///   - transaction: where they are read.
  /// - Returns: the id.
  /// - Throws: ``OfficeError`` where there is none, or several.
  static func one(
    _ text: String, of rows: SQL, in transaction: borrowing OfficeTransaction
  ) throws -> ChangeSetID {
    guard let range = IDPrefix(text) else { throw Lookup.notFound(text) }
    let found: [ChangeSetID] = try transaction.sql.rows(
      """
      SELECT DISTINCT id FROM \(rows)
      WHERE id >= \(range.low) AND id <= \(range.high) ORDER BY id
      LIMIT \(Limits.candidatesMax + 1)
      """
    ).map { try $0.value(0) }
    guard found.count < 2 else {
      let names = found.prefix(Limits.candidatesMax).map(\.hex).joined(separator: ", ")
      throw OfficeError(.ambiguous, ["id": Repeat.line(text), "candidates": names])
    }
    guard let id = found.first else { throw Lookup.notFound(text) }
    return id
  }
}
