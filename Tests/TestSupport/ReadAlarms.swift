package import Exchange

/// The newest alarms of a node, up to a hundred.
package struct ReadAlarms: StoreWork {
  /// Asks.
  package init() {}

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [Alarm] {
    try transaction.alarms(limit: 100)
  }
}
