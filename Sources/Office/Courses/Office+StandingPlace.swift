import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// The place of the document of a form that a text names: of the document itself, or of the
  /// newest one that stands in a dossier; `detail` is what is said where there is none.
  func standingPlace(
    of form: DocumentForm, _ text: String, missing detail: String,
    in transaction: borrowing OfficeTransaction
  ) throws -> (place: Citation, dossier: DossierID) {
    let found = try Lookup(agency: agency).find(text, in: transaction)
    var named: SQL = "TRUE"
    if let record = found.record, found.kind != .dossier { named = "d.id = \(record)" }
    // Within a dossier an id may be copied; then the home's record is meant.
    let row = try transaction.sql.firstRow(
      """
      SELECT d.change, d.part, d.record FROM casework.document d
      JOIN casework.dossier o ON o.dossier = d.dossier
      WHERE d.dossier = \(found.dossier) AND d.form = \(form.rawValue)
        AND d.state = \(DocumentState.issued.rawValue) AND \(named)
      ORDER BY d.version DESC, d.author = o.home DESC, d.id DESC, d.author LIMIT 1
      """)
    if let row { return (try Citation(row), found.dossier) }
    throw OfficeError(.conflict, ["detail": detail])
  }
}
