import ArgumentParser
import Office

/// `guantong report deductions`.
struct ReportDeductions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deductions", abstract: Abstract.of("report.deductions"))

  @Option(
    help: ArgumentHelp(
      "As of the end of this day, or now; today when absent.", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("Of this region alone, by its six digits.", valueName: "digits"))
  var region: String?

  @Option(help: ArgumentHelp("Of this unit alone.", valueName: "code"))
  var unit: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let request = API.DeductionsRequest(
      asOf: asOf, region: region, unit: unit, page: paging.page, limit: paging.limit)
    try options.printer.sheet(try await options.call(API.deductions, request))
  }
}
