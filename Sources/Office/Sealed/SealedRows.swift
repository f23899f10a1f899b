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

extension DossierGraph {
  /// Whether a part of a change set is for an agency: open, its own, of its audience, or opened to
  /// it since.
  func isPart(_ index: Int, of changeSet: StoredChangeSet, for agency: AgencyCode) -> Bool {
    index == 0 || changeSet.header.author == agency
      || changeSet.part(index)?.audience.contains(agency) ?? false
      || openedTo(PartPlace(change: changeSet.id, part: index), in: nil).contains(agency)
  }
}
