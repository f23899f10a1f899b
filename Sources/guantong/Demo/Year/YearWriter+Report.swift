import Ledger
import Office

extension YearWriter {
  /// The one report of the year, over whatever happened in it: compiled in January, confirmed by
  /// each agency that decided anything that counts, published, and corrected by a notice once
  /// something is otherwise (E12, E18).
  ///
  /// - Parameter year: the steps of every copy of the year.
  /// - Returns: the steps of the report; none where nobody but the office decided anything.
  /// - Throws: when a request cannot be written as JSON.
  mutating func writtenReport(over year: [YearStep]) throws -> [YearStep] {
    let decisions = year.filter { $0.on.year <= plan.year && $0.agency != office && $0.isDecision }
    let contributors = Set(decisions.map(\.agency)).sorted()
    guard !contributors.isEmpty else { return [] }
    var strand = strand("V", 13, 8)
    let report = try issue(
      &strand, "report", office, API.createReport,
      API.CreateReportRequest(year: plan.year, to: contributors), after: Self.last(of: decisions))
    strand.pass(5)
    var answers: [String] = []
    for agency in contributors {
      var own = branch(agency, of: strand)
      answers.append(
        try advance(&own, agency, .deputy, report.record, to: "confirmed").step)
    }
    strand.pass(3)
    try advance(&strand, office, .sectionHead, report.record, to: "reconciled", after: answers)
    strand.pass(2)
    try advance(&strand, office, .head, report.record, to: "published")
    let changes = year.filter { $0.on.year > plan.year && $0.changesFigures }.map(\.name)
    guard !changes.isEmpty else { return steps }
    strand.date = self.strand("notice", 15, 25).date
    let notice = try issue(
      &strand, "notice", office, API.correctReport,
      API.CorrectReportRequest(report: report.record), after: changes)
    try advance(
      &strand, office, .head, report.record, to: "corrected", cites: [notice.record])
    return steps
  }

  /// The last step of each agency in each matter; whoever has it has those before it.
  private static func last(of steps: [YearStep]) -> [String] {
    var last: [[String]: YearStep] = [:]
    for step in steps {
      let matter = [String(step.name.prefix { $0 != "/" }), step.agency]
      if let known = last[matter], known.on > step.on { continue }
      last[matter] = step
    }
    return last.values.map(\.name).sorted()
  }
}

extension YearStep {
  /// Whether it may give a figure of the city a line, and so is in the report of the year.
  fileprivate var isDecision: Bool {
    switch operation {
    case "accept", "merge", "dispose": return true
    case "recordResult":
      let kinds = ["caseFiled", "sanction", "accountability", "performed", "petitionClosed"]
      return kinds.contains(request.text(at: "kind") ?? "")
    case "advance":
      return ["accepted", "performed", "settled"].contains(request.text(at: "stage") ?? "")
    default: return false
    }
  }

  /// Whether it takes something out of figures that were published before it.
  fileprivate var changesFigures: Bool { ["revokeResult", "reopenItem"].contains(operation) }
}
