import Exchange
import Ledger
import Postgres
import Replica

/// What one agency may see of all that its node holds.
///
/// A node holds what any of the agencies working on it may see, so what an agency is shown starts
/// from its own membership. A former member keeps what it had as long as nothing later can have
/// come for another agency of the node: doubt closes. An exclude of the agency, or of the agency
/// that runs the node, closes everything.
struct Sight {
  private let agency: AgencyCode
  private let node: AgencyCode
  private let directory: DossierID?
  /// The others that work on this node, or did before they moved.
  private let others: [AgencyCode]

  /// Reads who else works on the node.
  init(of agency: AgencyCode, in transaction: borrowing OfficeTransaction) throws {
    let record = try transaction.node()
    self.agency = agency
    node = record.agency
    directory = record.directory
    let known = try transaction.directory()?.current.agencies ?? [:]
    others = known.values.filter { other in
      let host = other.entry.hostedBy ?? other.entry.code
      return other.entry.code != agency
        && (host == record.agency || other.formerHosts.contains(record.agency))
    }.map(\.entry.code).sorted()
  }

  /// The condition that the agency may see the dossier in a column.
  func sees(_ column: SQL) -> SQL {
    """
    EXISTS (SELECT FROM ledger.dossier seen WHERE seen.id = \(column)
      AND (\(agency) = ANY(seen.members)
        OR \(agency) = ANY(seen.former) AND NOT seen.members && \(others.map(\.rawValue)))
      AND NOT \(node) = ANY(seen.excluded))
    """
  }

  /// The same, or that it is the directory, which everybody may see.
  func reads(_ column: SQL) -> SQL {
    "(\(column) IS NOT DISTINCT FROM \(directory) OR \(sees(column)))"
  }

  /// Whether the agency may see a dossier; the directory everybody may.
  func sees(
    _ dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> Bool {
    if dossier == directory { return true }
    return try transaction.sql.value("SELECT \(sees("\(dossier)"))", as: Bool.self) == true
  }
}
