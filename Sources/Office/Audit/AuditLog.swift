package import Ledger
package import Postgres
import Replica

/// The hash-chained audit in the tables `office.audit` and `office.audit_head`.
package enum AuditLog {
  /// What a check of the chain found.
  package enum Verdict: Sendable, Hashable {
    /// Every line is there and unchanged.
    case intact(lines: Int)
    /// The line of this number is missing.
    case missing(number: Int)
    /// The line of this number is not what was written.
    case changed(number: Int)
    /// A line stands there that the chain does not end with.
    case extra(number: Int)
  }

  /// Where the chain ends: the number of the last line, 0 before the first, and its hash.
  package struct Head: Sendable, Hashable {
    /// The number of the last line.
    package let number: Int
    /// Its hash.
    package let hash: Hash256

    /// Takes what stands in the row of the head, if there is one.
    package init(_ number: Int?, _ hash: Hash256?) {
      self.number = number ?? 0
      self.hash = hash ?? AuditEntry.beginning
    }
  }

  /// Appends a line; its number and the hash before it are filled in here.
  ///
  /// The row of the head is locked, so lines of concurrent transactions never share a number. A
  /// step has read the head when it began, after every other writer; were it another one now, the
  /// number would be taken, which the database refuses.
  /// - Parameters:
  ///   - entry: the line.
  ///   - head: where the chain ends, if that is known.
  ///   - transaction: the one in which the line is written.
  /// - Returns: the line as it was written.
  /// - Throws: what the database refuses.
  @discardableResult
  package static func append(
    _ entry: AuditEntry, after head: Head? = nil, in transaction: borrowing Transaction
  ) throws -> AuditEntry {
    var entry = entry
    let head = try head ?? lockedHead(in: transaction)
    (entry.number, entry.previous) = (head.number + 1, head.hash)
    let hash = entry.hash
    try transaction.later(
      """
      WITH line AS (
        INSERT INTO office.audit (seq, at, operator, person, person_name, verb, object,
          outcome, change_set, detail, previous, hash)
        VALUES (\(entry.number), \(entry.at), \(entry.osUser), \(entry.person),
          \(entry.personName), \(entry.operation), \(entry.subject), \(entry.outcome),
          \(entry.change), \(entry.detail), \(entry.previous), \(hash))
      )
      INSERT INTO office.audit_head (single, seq, hash) VALUES (true, \(entry.number), \(hash))
      ON CONFLICT (single) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
      """)
    return entry
  }

  private static func lockedHead(in transaction: borrowing Transaction) throws -> Head {
    let row = try transaction.firstRow("SELECT seq, hash FROM office.audit_head FOR UPDATE")
    return Head(try row?.value(0, as: Int.self), try row?.value(1, as: Hash256.self))
  }

  /// Reads the whole chain and says whether it is as it was written.
  package static func verify(in transaction: borrowing Transaction) throws -> Verdict {
    var expected = 1
    var previous = AuditEntry.beginning
    var verdict: Verdict?
    try transaction.forEachBatch(
      of: Limits.auditBatch,
      """
      SELECT seq, at, operator, person, person_name, verb, object, outcome, change_set, detail,
        previous, hash FROM office.audit ORDER BY seq
      """
    ) { rows in
      for row in rows where verdict == nil {
        let entry = try Self.entry(row)
        if entry.number != expected {
          verdict = .missing(number: expected)
        } else if try entry.previous != previous || row.value(11, as: Hash256.self) != entry.hash {
          verdict = .changed(number: entry.number)
        }
        previous = entry.hash
        expected += 1
      }
    }
    if let verdict { return verdict }
    let head = try transaction.firstRow("SELECT seq, hash FROM office.audit_head")
    let count = try head?.value(0, as: Int.self) ?? 0
    if count > expected - 1 { return .missing(number: expected) }
    if count < expected - 1 { return .extra(number: count + 1) }
    if let head, try head.value(1, as: Hash256.self) != previous { return .changed(number: count) }
    return .intact(lines: count)
  }

  /// The newest lines, newest first.
  package static func newest(
    _ limit: Int, in transaction: borrowing Transaction
  ) throws -> [AuditEntry] {
    try transaction.rows(
      """
      SELECT seq, at, operator, person, person_name, verb, object, outcome, change_set, detail,
        previous FROM office.audit ORDER BY seq DESC LIMIT \(limit)
      """
    ).map { try entry($0) }
  }

  private static func entry(_ row: Row) throws -> AuditEntry {
    AuditEntry(
      number: try row.value(0), at: try row.value(1), osUser: try row.value(2),
      person: try row.value(3), personName: try row.value(4), operation: try row.value(5),
      subject: try row.value(6), outcome: try row.value(7), change: try row.value(8),
      detail: try row.value(9), previous: try row.value(10))
  }
}
