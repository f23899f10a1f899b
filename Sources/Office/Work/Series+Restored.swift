import Casework
import Ledger
import Postgres

extension Series {
  /// Notes every number that papers of this agency carry, so that none of them is drawn again.
  ///
  /// The series of a database that went back in time are as old as it is, while the papers that
  /// they numbered since came back from peers. One pass over the agency's own papers, in batches.
  ///
  /// - Parameters:
  ///   - agency: the own agency.
  ///   - transaction: the one that ends the restored state.
  /// - Throws: the failure of the database.
  static func reserveAll(
    of agency: AgencyCode, in transaction: borrowing Transaction
  ) throws {
    var last: [Key: Int] = [:]
    func note(_ series: String, _ year: Int, _ number: Int) {
      let key = Key(series: series, year: year)
      last[key] = max(last[key] ?? 0, number)
    }
    try transaction.forEachBatch(
      of: batch,
      """
      SELECT form, number, extract(year FROM issued_on)::bigint FROM casework.document
      WHERE author = \(agency) AND number IS NOT NULL
      """
    ) { rows in
      for row in rows {
        let (code, text, year) = try row.values(String.self, String.self, Int.self)
        guard let form = DocumentForm(rawValue: code) else { continue }
        if let number = DocumentNumber(text) {
          note(documents(form), number.year, number.number)
        } else if form == .minutes, let issue = Int(text.drop { !$0.isNumber }.dropLast()) {
          note(documents(form), year, issue)
        }
      }
    }
    try transaction.forEachBatch(
      of: batch,
      "SELECT number FROM casework.dossier WHERE home = \(agency) AND number IS NOT NULL"
    ) { rows in
      for row in rows {
        guard let number = DossierNumber(try row.value(0, as: String.self)),
          number.agency == agency
        else { continue }
        note(dossiers(number.kind), number.year, number.number)
      }
    }
    for (key, number) in last {
      try reserve(key.series, of: agency, year: key.year, number: number, in: transaction)
    }
  }

  private struct Key: Hashable {
    let series: String
    let year: Int
  }

  /// A row is under 100 bytes, so a batch is under 100 KB.
  private static let batch = 1_000
}
