import ArgumentParser
import Office

/// `guantong void list`.
struct VoidList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("void.list"))

  @Option(help: ArgumentHelp("Only in this dossier.", valueName: "id"))
  var dossier: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.voids,
      API.VoidListRequest(dossier: dossier, page: paging.page, limit: paging.limit))
  }
}
