import Ledger

/// Looks whether a reader would get anything now, and gives it out where that takes no write; the
/// cheap question of a long poll.
package struct LookForDeliveries: StoreWork {
  /// What a look finds.
  package enum Found: Sendable {
    /// Nothing: wait and look again.
    case nothing
    /// The page to answer with.
    case page(ServedPage)
    /// Something that only ``ServeDeliveries`` can give out, or has to note.
    case work
  }

  private let serving: ServeDeliveries
  private let isDue: Bool

  /// Looks for what would be served; an empty page only when the answer `isDue`.
  package init(_ serving: ServeDeliveries, isDue: Bool) {
    self.serving = serving
    self.isDue = isDue
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Found {
    let node = try transaction.node()
    guard node.outbox == serving.outbox, try !transaction.isQueued(for: serving.reader) else {
      return .work
    }
    let isThere = try transaction.position(of: serving.reader).number == serving.after
    if isThere, !isDue { return .nothing }
    return try serving.pageOfNumbered(in: transaction).map(Found.page) ?? .work
  }
}
