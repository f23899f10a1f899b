import Casework
import Ledger
import Postgres
import Replica

extension Desk {
  /// What is said when a number that a clerk typed from a paper stands on another result already.
  ///
  /// Two papers may carry one number by mistake, so nothing is refused and nothing is merged. A
  /// decision that names several persons has one number for all of them in its dossier.
  func repeatedNumber(
    of change: ChangeSetID, in dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> String? {
    guard self.change?.id != change || self.change?.mayHoldResult != false else { return nil }
    let row = try transaction.sql.firstRow(
      """
      SELECT r.document_number, coalesce(d.number, encode(r.dossier, 'hex'))
      FROM casework.result n
      JOIN casework.result r ON r.author = n.author AND r.document_number = n.document_number
        AND r.root <> n.root AND r.status = \(ResultState.valid.rawValue)
        AND (r.dossier <> n.dossier OR r.kind <> n.kind
          OR r.person_key IS NOT DISTINCT FROM n.person_key)
      JOIN casework.dossier d ON d.dossier = r.dossier
      WHERE n.dossier = \(dossier) AND n.author = \(office.agency) AND n.change = \(change)
      ORDER BY r.authored_at, r.dossier, r.id LIMIT 1
      """)
    guard let row else { return nil }
    return Catalogue.text(
      "warning.numberRepeated",
      ["number": try row.value(0), "dossier": try row.value(1)], in: acting.language)
  }
}

extension StoredChangeSet {
  /// Whether a record of it is a result, or a part of it cannot be read here.
  fileprivate var mayHoldResult: Bool {
    parts.keys.contains { index in
      guard let part = part(index) else { return true }
      return part.records.contains { $0.type == RecordType.result.rawValue }
    }
  }
}
