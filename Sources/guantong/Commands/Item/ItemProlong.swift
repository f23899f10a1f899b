import ArgumentParser
import Office

/// `guantong item prolong`.
struct ItemProlong: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prolong", abstract: Abstract.of("item.prolong"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: "Why.")
  var text: String

  @Option(help: ArgumentHelp("The new due date.", valueName: "date"))
  var due: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.prolongItem,
      API.ItemProlongRequest(item: item, text: text, dueOn: due, on: on))
  }
}
