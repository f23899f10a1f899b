import Casework
import Ledger
import Postgres
import Replica

/// When the nodes of addressees stored letters: by their receipts, or here when they work here.
///
/// A third agency does not know. All letters are asked about in one statement.
struct Deliveries {
  private struct Key: Hashable {
    let change: ChangeSetID
    let reader: AgencyCode
  }

  private let node: AgencyCode
  private let view: DirectoryView?
  /// The changes that were asked about.
  private let asked: Set<Key>
  private var times: [Key: Timestamp] = [:]

  /// Looks up rows of ``Referrals`` that nobody received yet: only of those anything depends on it.
  init(
    ofSent rows: [Row], at node: AgencyCode, _ view: DirectoryView?,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let sent = try rows.filter { row in
      try row.value(5, as: String.self) == ReferralState.sent.rawValue
    }
    try self.init(of: sent, at: node, view, in: transaction)
  }

  /// Looks up rows of ``Referrals``.
  init(
    of rows: [Row], at node: AgencyCode, _ view: DirectoryView?,
    in transaction: borrowing OfficeTransaction
  ) throws {
    self.node = node
    self.view = view
    asked = Set(try rows.map { try Self.key($0, view) })
    let away = asked.filter { $0.reader != node }
    guard !away.isEmpty else { return }
    let found = try transaction.sql.rows(
      """
      SELECT a.change, a.reader, f.stored_at
      FROM unnest(\(away.map(\.change)), \(away.map(\.reader))) AS a (change, reader)
      JOIN exchange.served s ON s.change_set = a.change AND s.reader = a.reader
      CROSS JOIN LATERAL (
        SELECT r.stored_at FROM exchange.receipt r
        WHERE r.reader = s.reader AND r.outbox = (SELECT outbox FROM exchange.node)
          AND r.number >= s.number AND s.number <> ALL (r.untaken)
        ORDER BY r.number, r.stored_at LIMIT 1
      ) f
      """)
    for row in found {
      let key = Key(change: try row.value(0), reader: try row.value(1))
      let time = try row.value(2, as: Timestamp.self)
      times[key] = min(times[key] ?? time, time)
    }
  }

  /// When the node of its addressee stored a letter; nil when nobody here knows, or it was not
  /// asked about.
  func time(of row: Row) throws -> Timestamp? {
    let key = try Self.key(row, view)
    guard asked.contains(key) else { return nil }
    return key.reader == node ? try row.value(18) : times[key]
  }

  private static func key(_ row: Row, _ view: DirectoryView?) throws -> Key {
    let addressee = try row.value(3, as: AgencyCode.self)
    return Key(change: try row.value(16), reader: view?.host(of: addressee) ?? addressee)
  }
}
