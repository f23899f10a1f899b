package import Casework
package import Ledger
package import Postgres

/// Number series, gapless: a number is drawn in the transaction that issues what carries it, so a
/// step that fails gives its number back.
///
/// Each agency that works on the node has its own.
package enum Series {
  /// Draws the next number of a series of a year.
  ///
  /// The row is locked until the transaction ends; two issues never get the same number.
  package static func draw(
    _ series: String, of agency: AgencyCode, year: Int, in transaction: borrowing Transaction
  ) throws -> Int {
    try transaction.value(
      """
      INSERT INTO office.number_series (agency, series, year, last)
      VALUES (\(agency), \(series), \(year), 1)
      ON CONFLICT (agency, series, year) DO UPDATE SET last = office.number_series.last + 1
      RETURNING last
      """, as: Int.self) ?? 1
  }

  /// Notes that a number was given by hand, so that none drawn later repeats it.
  package static func reserve(
    _ series: String, of agency: AgencyCode, year: Int, number: Int,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.later(
      """
      INSERT INTO office.number_series (agency, series, year, last)
      VALUES (\(agency), \(series), \(year), \(number))
      ON CONFLICT (agency, series, year) DO UPDATE
        SET last = greatest(office.number_series.last, excluded.last)
      """)
  }

  /// The series of the documents of a form.
  package static func documents(_ form: DocumentForm) -> String {
    "document:\(form.rule.group.rawValue)"
  }

  /// The series of the dossiers of a kind.
  package static func dossiers(_ kind: DossierKind) -> String { "dossier:\(kind.rawValue)" }
}
