/// What a store in memory is made to suffer, for tests.
///
/// After a crash every write fails until `MemoryStore.suffer(nil)`, which is the restart; after a
/// failure the store goes on, as a disk that had no room for one write does.
package enum StoreFault: Sendable, Equatable {
  /// So many writing primitives and commits succeed, then the store crashes.
  case crash(afterWrites: Int)
  /// Everything of the next transaction is written, and the store crashes before its commit.
  case crashAtCommit
  /// The next transaction is committed, and the store crashes before anybody hears of it.
  case crashAfterCommit
  /// So many writing primitives and commits succeed, then one fails.
  case failure(afterWrites: Int)
  /// Everything of the next transaction is written, and its commit fails.
  case failureAtCommit
}
