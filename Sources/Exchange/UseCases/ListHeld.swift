package import Ledger

/// Which held change sets are meant.
package enum HeldChoice: Sendable, Hashable {
  /// This one.
  case one(ChangeSetID)
  /// Those that a peer delivered, or any peer did when it is nil.
  case all(from: AgencyCode?)
  /// These.
  case these(Set<ChangeSetID>)
}

/// Lists held copies without their bytes: the oldest of every sender, then the second, and so on.
package struct ListHeld: StoreWork {
  private let choice: HeldChoice

  /// Lists those that are meant; of many those whose turn is first.
  package init(_ choice: HeldChoice) {
    self.choice = choice
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [HeldNotice] {
    switch choice {
    case .one(let id): return try transaction.heldCopies([id]).map(\.notice)
    case .all(let sender):
      let notices = try transaction.heldNotices(limit: Limits.idsPerQueryMax)
      return Array(
        notices.filter { sender == nil || $0.sender == sender }.prefix(Limits.fetchIDsMax))
    case .these(let ids):
      return try transaction.heldNotices(limit: Limits.idsPerQueryMax)
        .filter { ids.contains($0.id) }
    }
  }
}

/// Counts those of some change sets that are rejected for good.
package struct CountRejected: StoreWork {
  private let ids: Set<ChangeSetID>

  /// Counts among these.
  package init(_ ids: Set<ChangeSetID>) {
    self.ids = ids
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    try transaction.rejected(ids.sorted()).count
  }
}
