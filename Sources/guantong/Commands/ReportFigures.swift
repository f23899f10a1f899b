import ArgumentParser
import Office

/// `guantong report figures`.
struct ReportFigures: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: Abstract.of("report.figures"))

  @Option(help: "The year; this one when absent.")
  var year: Int?

  @Option(help: "A quarter of it, 1 to 4.")
  var quarter: Int?

  @Option(
    help: ArgumentHelp(
      "The last day that is known of, or now; the last day of the period when absent.",
      valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("Of this region alone, by its six digits.", valueName: "digits"))
  var region: String?

  @Option(help: ArgumentHelp("Of this dossier alone.", valueName: "id"))
  var dossier: String?

  @Option(help: ArgumentHelp("Version of the counting rules.", valueName: "number"))
  var rule: Int?

  @Option(
    help: ArgumentHelp(
      "List what a figure counts, line by line, such as clueReferred.", valueName: "figure"))
  var evidence: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    guard let evidence else {
      let request = API.FiguresRequest(
        year: year, quarter: quarter, asOf: asOf, region: region, dossier: dossier, rule: rule)
      return try options.printer.sheet(try await options.call(API.figures, request))
    }
    let request = API.FigureEvidenceRequest(
      figure: evidence, year: year, quarter: quarter, asOf: asOf, region: region,
      dossier: dossier, rule: rule, page: paging.page, limit: paging.limit)
    try options.printer.sheet(try await options.call(API.figureEvidence, request))
  }
}
