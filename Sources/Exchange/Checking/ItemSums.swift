/// Where the sums that a store keeps for comparisons are not those of the items.
struct CompareSums: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [RowDifference] {
    try transaction.compareSums(limit: Limits.reportEntriesMax + 1)
  }
}

/// Makes them anew out of the items.
struct RenewSums: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.renewSums()
  }
}
