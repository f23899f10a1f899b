import ArgumentParser
import Office

/// `guantong report minutes`.
struct ReportMinutes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minutes", abstract: Abstract.of("report.minutes"))

  @Option(help: "The year in which the meetings were held; this one when absent.")
  var year: Int?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.sheet(
      API.minutesReport,
      API.MinutesReportRequest(year: year, page: paging.page, limit: paging.limit))
  }
}
