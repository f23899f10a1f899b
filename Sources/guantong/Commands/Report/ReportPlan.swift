import ArgumentParser
import Office

/// `guantong report plan`.
struct ReportPlan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: Abstract.of("report.plan"))

  @Option(help: "The year of the plans, by their dates; this one when absent.")
  var year: Int?

  @Option(
    help: ArgumentHelp(
      "As of the end of this day, or now; today when absent.", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("For this unit alone.", valueName: "code"))
  var unit: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let request = API.PlansRequest(
      year: year, asOf: asOf, unit: unit, page: paging.page, limit: paging.limit)
    try options.printer.sheet(try await options.call(API.plans, request))
  }
}
