import ArgumentParser
import Office

/// `guantong item plan`.
struct ItemPlan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: Abstract.of("item.plan"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: "The plan.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.planItem, API.ItemTextRequest(item: item, text: text, on: on, scan: paper.scan))
  }
}
