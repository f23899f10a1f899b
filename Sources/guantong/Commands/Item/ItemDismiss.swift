import ArgumentParser
import Office

/// `guantong item dismiss`.
struct ItemDismiss: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss", abstract: Abstract.of("item.dismiss"))

  @Argument(help: "Item.")
  var item: String

  @Option(
    help: ArgumentHelp("What it answers; every request known when absent.", valueName: "id"))
  var request: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.dismissItem,
      API.ItemAnswerRequest(item: item, request: request, on: act.on, note: act.note))
  }
}
