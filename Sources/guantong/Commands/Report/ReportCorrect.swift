import ArgumentParser
import Office

/// `guantong report correct`.
struct ReportCorrect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: Abstract.of("report.correct"),
    discussion: """
      The report stays as it was published. The draft is submitted, signed and issued like any \
      other; then dossier advance --stage corrected --cites NOTICE notes it on the report.
      """)

  @Argument(help: "Id or number of the report, or its dossier.")
  var report: String

  @Option(
    help: ArgumentHelp(
      "The last day that is known of, or now; today when absent.", valueName: "date"))
  var asOf: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.correctReport, API.CorrectReportRequest(report: report, asOf: asOf))
  }
}
