import ArgumentParser
import Office

/// `guantong item dispute`.
struct ItemDispute: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispute", abstract: Abstract.of("item.dispute"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: "What is objected to, and why.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.disputeItem, API.ItemTextRequest(item: item, text: text, on: on, scan: paper.scan))
  }
}
