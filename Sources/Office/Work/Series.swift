package import Casework
import Ledger
package import Postgres

/// Number series, gapless: a number is drawn in the transaction that issues what carries it, so a
/// step that fails gives its number back.
package enum Series {
  /// Draws the next number of a series of a year.
  ///
  /// The row is locked until the transaction ends; two issues never get the same number.
  package static func draw(
    _ series: String, year: Int, in transaction: borrowing Transaction
  ) throws -> Int {
    try transaction.value(
      """
      INSERT INTO office.number_series (series, year, last) VALUES (\(series), \(year), 1)
      ON CONFLICT (series, year) DO UPDATE SET last = office.number_series.last + 1
      RETURNING last
      """, as: Int.self) ?? 1
  }

  /// Notes that a number was given by hand, so that none drawn later repeats it.
  package static func reserve(
    _ series: String, year: Int, number: Int, in transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO office.number_series (series, year, last) VALUES (\(series), \(year), \(number))
      ON CONFLICT (series, year) DO UPDATE
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
