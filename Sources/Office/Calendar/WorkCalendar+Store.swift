import Ledger
package import Postgres

extension WorkCalendar {
  /// The calendar with the exceptions that the office entered.
  package static func read(in transaction: borrowing Transaction) throws -> WorkCalendar {
    var exceptions: [CivilDate: Bool] = [:]
    for row in try transaction.rows("SELECT day, working FROM office.calendar") {
      exceptions[try row.value(0)] = try row.value(1, as: Bool.self)
    }
    return WorkCalendar(exceptions: exceptions)
  }
}
