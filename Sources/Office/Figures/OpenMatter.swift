import Ledger

/// An item, a letter or a course of which something is owed by a day, or that was rejected or has
/// relapsed.
struct OpenMatter: Sendable {
  let dossier: DossierID
  /// The number of the dossier.
  let number: String?
  let record: RecordID
  /// item, letter or course.
  let type: String
  let state: String
  let text: String
  /// The highest step of the ladder of supervision.
  var level: String?
  /// What is owed: a unit may owe its plan and its report.
  var owed: [Owed] = []
  /// rejected, relapsed.
  var failures: [String] = []
  /// Whose turn it is where nothing is late; nil where nothing was rejected or has relapsed.
  var failed: AgencyCode?

  /// What one unit owes.
  struct Owed: Sendable {
    let unit: AgencyCode
    let due: DueDate
  }

  /// One line for each duty that is past its date on a day; where none is, one for what was
  /// rejected or has relapsed.
  func lines(on day: CivilDate) -> [API.OverdueLine] {
    let late = owed.filter { $0.due.on < day }.map { owed in
      line(owed.unit, owed.due, day, ["overdue"] + failures)
    }
    guard late.isEmpty, let failed else { return late }
    return [line(failed, nil, day, failures)]
  }

  private func line(
    _ unit: AgencyCode, _ due: DueDate?, _ day: CivilDate, _ reasons: [String]
  ) -> API.OverdueLine {
    API.OverdueLine(
      dossier: dossier.hex, number: number, record: record.uuidString, type: type,
      unit: unit.rawValue, state: state, dueOn: due?.on.description,
      days: due.map { max(0, Int(day.days) - Int($0.on.days)) } ?? 0,
      rule: due?.rule?.rawValue, level: level, reasons: reasons, text: text)
  }
}
