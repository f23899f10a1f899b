import Casework
import Ledger

extension Office {
  /// Lists the points that assessments take off: what was issued, and what is still to be assessed.
  ///
  /// As of any day, by what had happened then. A unit sees the lines that were sent to it and what
  /// its own items would give.
  package func deductions(_ request: API.OverdueRequest) async throws -> API.Deductions {
    let today = clock.today
    let day = try AskedFigures.day(request.asOf, today: today) ?? today
    let question = DeductionLines.Question(
      day: day, unit: try request.unit.map { try Field.agency($0, "unit") },
      region: try AskedFigures.region(request.region))
    let page = try Page(request.page, request.limit)
    return try await count { transaction in
      let found = try DeductionLines(question, at: self, in: transaction)
      let lines = (found.issued + found.open()).sorted {
        ($0.unit, $0.rule, $0.record, $0.assessment ?? "")
          < ($1.unit, $1.rule, $1.record, $1.assessment ?? "")
      }
      var units: [String: API.DeductionUnit] = [:]
      for line in lines {
        units[line.unit, default: API.DeductionUnit(unit: line.unit)].add(line)
      }
      let (shown, next) = page.cut(lines)
      let (sums, isLong) = API.cut(units.values.sorted { $0.unit < $1.unit })
      return API.Deductions(
        asOf: day.description, units: sums, lines: shown, truncated: found.isCut || isLong,
        next: next)
    }
  }
}

extension API.DeductionUnit {
  fileprivate mutating func add(_ line: API.DeductionLine) {
    if line.assessment == nil {
      open += 1
      openPoints += line.points
    } else {
      assessed += 1
      points += line.points
    }
  }
}
