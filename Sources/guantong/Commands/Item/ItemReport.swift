import ArgumentParser
import Office

/// `guantong item report`.
struct ItemReport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: Abstract.of("item.report"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: "What was done.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.reportItem, API.ItemReportRequest(item: item, text: text, on: on, scan: paper.scan))
  }
}
