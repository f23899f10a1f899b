import ArgumentParser
import Office

/// `guantong item reopen`.
struct ItemReopen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: Abstract.of("item.reopen"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: "Why.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.reopenItem, API.ItemTextRequest(item: item, text: text, on: on))
  }
}
