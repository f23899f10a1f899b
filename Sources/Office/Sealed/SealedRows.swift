import Ledger
import Postgres

/// Which rows of sealed tables are for an agency.
enum SealedRows {
  /// A condition on a row named `s`: the agency is of the audience that its part names, or the
  /// author has opened the part to it since.
  static func areFor(_ agency: AgencyCode) -> SQL {
    """
    (\(agency) = ANY(s.audience) OR EXISTS (
      SELECT FROM casework.sealed_disclosure AS x
      WHERE x.dossier = s.dossier AND x.target_change = s.change AND x.target_part = s.part
        AND \(agency) = ANY(x.audience)))
    """
  }
}
