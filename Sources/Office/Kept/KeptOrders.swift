import Ledger
import Postgres
import Replica
import Synchronization

/// What names one row of a list.
protocol ListKey: Sendable {
  /// Reads it from the first columns of a row.
  init(_ row: Row) throws
}

/// A record of a list, by its author and id in a dossier.
struct RecordKey: ListKey, Hashable {
  let dossier: DossierID
  let author: AgencyCode
  let record: RecordID

  init(_ row: Row) throws {
    (dossier, author, record) = try row.values(DossierID.self, AgencyCode.self, RecordID.self)
  }

  /// Rows of `dossier`, `author`, `record` and `place`, one for each key in their order.
  static func rows(_ keys: [RecordKey]) -> SQL {
    """
    unnest(\(keys.map(\.dossier)), \(keys.map(\.author)), \(keys.map(\.record)))
      WITH ORDINALITY AS p (dossier, author, record, place)
    """
  }
}

/// A dossier of a list of them.
struct DossierKey: ListKey, Hashable {
  let dossier: DossierID

  init(_ row: Row) throws { dossier = try row.value(0) }

  /// Rows of `dossier` and `place`, one for each key in their order.
  static func rows(_ keys: [DossierKey]) -> SQL {
    "unnest(\(keys.map(\.dossier))) WITH ORDINALITY AS p (dossier, place)"
  }
}

/// The list that a question is about, of whom, with what it is narrowed to.
struct ListQuestion: Hashable, Sendable {
  let agency: AgencyCode
  let list: List
  /// What it asks for, one for each filter of the list.
  var filters: [String?] = []

  enum List: Hashable, Sendable { case dossiers, documents, items, results, clues, courses }
}

/// The order of lists that were paged through last, kept in memory while nothing is written.
///
/// A page far down is found by counting keys, where the database would have to put everything that
/// stands before it in order again. The first page is always read: nearly every question is for it,
/// and its few rows are all that the database keeps while it sorts. Of later ones more keys are
/// read than are asked for, so who pages through a list to its end has it put in order a few times.
final class KeptOrders<Key: ListKey>: Sendable {
  private struct Kept: Sendable {
    let question: ListQuestion
    let position: DatabasePosition
    let keys: [Key]
    /// Whether nothing follows the keys.
    let isWhole: Bool
  }

  /// The one asked for last stands last.
  private let orders = Mutex<[Kept]>([])

  /// The keys of one page, and the number of the next one, if there is one.
  ///
  /// - Parameters:
  ///   - page: which page.
  ///   - question: what the list is of.
  ///   - transaction: where it is read.
  ///   - query: the statement that gives the keys in their order, with the clause that ends it.
  /// - Returns: the keys of the page.
  /// - Throws: the failure of the database.
  func page(
    _ page: Page, of question: ListQuestion, in transaction: borrowing OfficeTransaction,
    _ query: (_ clause: SQL) throws -> SQL
  ) throws -> (keys: [Key], next: Int?) {
    let end = page.offset + page.limit + 1
    guard page.offset > 0, end <= Limits.keptOrderMax, let position = try transaction.position()
    else {
      let (rows, next) = page.cut(try transaction.sql.rows(query(page.clause)))
      return (try rows.map { try Key($0) }, next)
    }
    if let keys = known(question, position, upTo: end) { return Self.cut(keys, page) }
    let count = min(end * Limits.keptOrderAhead, Limits.keptOrderMax)
    let keys = try transaction.sql.rows(query("LIMIT \(count)")).map { try Key($0) }
    keep(
      Kept(
        question: question, position: position, keys: keys, isWhole: keys.count < count))
    return Self.cut(keys, page)
  }

  private static func cut(_ keys: [Key], _ page: Page) -> (keys: [Key], next: Int?) {
    let (shown, next) = page.cut(keys)
    return (shown, next)
  }

  private func known(
    _ question: ListQuestion, _ position: DatabasePosition, upTo end: Int
  ) -> [Key]? {
    orders.withLock { orders in
      guard let index = orders.firstIndex(where: { $0.question == question }) else { return nil }
      let kept = orders.remove(at: index)
      guard kept.position == position else { return nil }
      orders.append(kept)
      return kept.isWhole || kept.keys.count >= end ? kept.keys : nil
    }
  }

  private func keep(_ order: Kept) {
    orders.withLock { orders in
      orders.removeAll { $0.question == order.question || $0.position != order.position }
      orders.append(order)
      if orders.count > Limits.keptOrdersMax { orders.removeFirst() }
    }
  }
}
