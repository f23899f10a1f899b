import Ledger
import Postgres
import Replica

/// Which dossiers an agency counts: those that it may see, or of them those that another agency is
/// a member of, too, and is not excluded from.
struct FigureScope {
  /// What the agency may see.
  let sight: Sight
  /// Who must be allowed to see them as well.
  private let others: [AgencyCode]

  init(
    of agency: AgencyCode, sharedWith other: AgencyCode? = nil,
    in transaction: borrowing OfficeTransaction
  ) throws {
    sight = try Sight(of: agency, in: transaction)
    let view = try other.flatMap { _ in try transaction.directory()?.current }
    others = other.map { [$0, view?.host(of: $0) ?? $0] } ?? []
  }

  /// The condition that the dossier in a column counts.
  func counts(_ column: SQL) -> SQL {
    guard let other = others.first else { return sight.sees(column) }
    return """
      \(sight.sees(column)) AND EXISTS (SELECT FROM ledger.dossier shared
        WHERE shared.id = \(column) AND \(other) = ANY(shared.members)
          AND NOT shared.excluded && \(others.map(\.rawValue)))
      """
  }

  /// The hash over all dossiers that count, each with its item: equal items are equal change sets.
  func state(in transaction: borrowing OfficeTransaction) throws -> Hash256? {
    try transaction.sql.value(
      """
      SELECT sha256(coalesce(string_agg(l.id || l.item, ''::bytea ORDER BY l.id), ''::bytea))
      FROM casework.dossier d JOIN ledger.dossier l ON l.id = d.dossier
      WHERE d.kind IS NOT NULL AND \(counts("d.dossier"))
      """, as: Hash256.self)
  }
}
