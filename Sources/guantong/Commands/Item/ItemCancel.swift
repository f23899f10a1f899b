import ArgumentParser
import Office

/// `guantong item cancel`.
struct ItemCancel: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: Abstract.of("item.cancel"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: "Why.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.cancelItem, API.ItemTextRequest(item: item, text: text, on: on))
  }
}
