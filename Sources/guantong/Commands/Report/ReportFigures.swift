import ArgumentParser
import Office

/// `guantong report figures`.
struct ReportFigures: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: Abstract.of("report.figures"),
    discussion: """
      --against compares a report of the year that was issued with the records as of today, or of \
      --as-of: the own report as a whole, another agency's by the own extract alone. It lists each \
      line that is told otherwise with the record that made it so, and ends with 2 where there is \
      one.
      """)

  @OptionGroup var period: PeriodOptions

  @Option(help: ArgumentHelp("Of this dossier alone.", valueName: "id"))
  var dossier: String?

  @Option(help: ArgumentHelp("Version of the counting rules.", valueName: "number"))
  var rule: Int?

  @Option(
    help: ArgumentHelp(
      "List what a figure counts, line by line, such as clueReferred.", valueName: "figure"))
  var evidence: String?

  @Option(
    help: ArgumentHelp(
      "Compare this report with the records; id, number or dossier.", valueName: "report"))
  var against: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    let isNarrowed =
      period.quarter != nil || period.region != nil || dossier != nil || rule != nil
    guard against == nil || !isNarrowed else {
      throw ValidationError("--against goes with --year and --as-of alone.")
    }
    guard against == nil || (evidence == nil && paging.page == nil && paging.limit == nil) else {
      throw ValidationError("--against lists no evidence and has no pages.")
    }
  }

  func run() async throws {
    if let against {
      let request = API.ReportDifferencesRequest(
        report: against, year: period.year, asOf: period.asOf)
      let answer = try await options.call(API.reportDifferences, request)
      try options.printer.sheet(answer)
      if !answer.differences.isEmpty { throw Ending(outcome: .differences) }
      return
    }
    guard let evidence else {
      let request = API.FiguresRequest(
        year: period.year, quarter: period.quarter, asOf: period.asOf, region: period.region,
        dossier: dossier, rule: rule)
      return try options.printer.sheet(try await options.call(API.figures, request))
    }
    let request = API.FigureEvidenceRequest(
      figure: evidence, year: period.year, quarter: period.quarter, asOf: period.asOf,
      region: period.region, dossier: dossier, rule: rule, page: paging.page, limit: paging.limit)
    try options.printer.sheet(try await options.call(API.figureEvidence, request))
  }
}
