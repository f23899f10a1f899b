import Postgres

extension ReplicaTransaction {
  /// How far the database has come in what this transaction sees.
  ///
  /// Whatever is written by a node raises it, so at one position everything that was read once is
  /// still as it was.
  /// - Returns: the position; nil before there is a record about the node.
  /// - Throws: the failure of the database.
  package func position() throws -> DatabasePosition? { try DatabasePosition.current(sql) }
}
