import Replica
import Synchronization

/// The statements that were asked for last, each with what every dossier gave to it.
///
/// A statement is taken from open records alone, so equal items give equal pieces; the next answer
/// folds only the dossiers that changed since.
final class KeptStatements: Sendable {
  /// The one asked for last stands last.
  private let statements = Mutex<[ComputedStatement]>([])

  /// The statement of some ledgers, of which nothing is folded that is as it was.
  func statement(
    _ ledgers: Ledgers, in transaction: borrowing OfficeTransaction
  ) throws -> ComputedStatement {
    let earlier = statements.withLock { $0.first { $0.ledgers == ledgers } }
    let computed = try ComputedStatement(ledgers, after: earlier, in: transaction)
    statements.withLock { statements in
      statements.removeAll { $0.ledgers == ledgers }
      statements.append(computed)
      if statements.count > Limits.keptStatementsMax { statements.removeFirst() }
    }
    return computed
  }
}
