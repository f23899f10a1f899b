import ArgumentParser
import Office

/// `guantong item grant`.
struct ItemGrant: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: Abstract.of("item.grant"))

  @Argument(help: "Item.")
  var item: String

  @Option(
    help: ArgumentHelp("What it answers; every request known when absent.", valueName: "id"))
  var request: String?

  @Option(
    help: ArgumentHelp("The new due date; the one asked for when absent.", valueName: "date"))
  var due: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.grantItem,
      API.ItemGrantRequest(
        item: item, request: request, dueOn: due, on: act.on, note: act.note))
  }
}
