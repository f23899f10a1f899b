import ArgumentParser
import Office

/// `guantong report create`.
struct ReportCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: Abstract.of("report.create"),
    discussion: """
      The draft is submitted, signed and issued like any other. Each agency that decided anything \
      that counts confirms its own extract by dossier advance --stage confirmed at its own node, \
      which counts it again; then the report is reconciled and published by the same command.
      """)

  @Option(help: "The year, which is over.")
  var year: Int

  @Option(
    help: ArgumentHelp(
      "The last day that is known of; the last one of the year when absent.", valueName: "date"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(
      "Who shall confirm as well that it decided nothing; once for each.", valueName: "code"))
  var to: [String] = []

  @Option(help: ArgumentHelp("Who only reads it; once for each.", valueName: "code"))
  var cc: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.createReport, API.CreateReportRequest(year: year, asOf: asOf, to: to, cc: cc))
  }
}
