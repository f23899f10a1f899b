import ArgumentParser
import Office

/// `guantong item reassign`.
struct ItemReassign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reassign", abstract: Abstract.of("item.reassign"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: ArgumentHelp("The agency responsible from now on.", valueName: "code"))
  var unit: String

  @Option(help: "Why.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.reassignItem, API.ItemReassignRequest(item: item, unit: unit, text: text, on: on))
  }
}
