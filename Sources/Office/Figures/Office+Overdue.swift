import Casework
import Ledger
import Replica

extension Office {
  /// Lists what is past its due date of items, letters and courses, and items that were rejected at
  /// the inspection of their report or have relapsed: what an assessment would take points for.
  ///
  /// As of any day, by what had happened then. A letter that nobody received yet is not in the
  /// list: when it was delivered is in no record.
  package func overdue(_ request: API.OverdueRequest) async throws -> API.Overdue {
    let today = clock.today
    let asOf = try AskedFigures.day(request.asOf, today: today) ?? today
    let region = try AskedFigures.region(request.region)
    let unit = try request.unit.map { try Field.agency($0, "unit") }
    let page = try Page(request.page, request.limit)
    return try await count { transaction in
      var lines: [API.OverdueLine] = []
      try forEachLateness(asOf: asOf, in: transaction) { lateness in
        lines += lateness.lines(on: asOf).filter { line in
          (unit == nil || line.unit == unit?.rawValue)
            && (region == nil || line.unit.hasPrefix(region ?? ""))
        }
        return lines.count <= Limits.overdueMax
      }
      let truncated = lines.count > Limits.overdueMax
      lines.sort { ($1.days, $0.dossier, $0.record) < ($0.days, $1.dossier, $1.record) }
      let (shown, next) = page.cut(Array(lines.prefix(Limits.overdueMax)))
      return API.Overdue(
        asOf: asOf.description, lines: shown, truncated: truncated, next: next)
    }
  }
}
