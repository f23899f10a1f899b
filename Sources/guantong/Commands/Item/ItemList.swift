import ArgumentParser
import Office

/// `guantong item list`.
struct ItemList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("item.list"))

  @Option(help: ArgumentHelp("Of this dossier.", valueName: "id"))
  var dossier: String?

  @Option(help: ArgumentHelp("Of this responsible agency.", valueName: "code"))
  var unit: String?

  @Option(help: "In this state.")
  var state: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.items,
      API.ItemListRequest(
        dossier: dossier, unit: unit, state: state, page: paging.page, limit: paging.limit))
  }
}
