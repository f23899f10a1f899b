import ArgumentParser
import Office

/// `guantong result list`.
struct ResultList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("result.list"))

  @Option(help: ArgumentHelp("Of this dossier.", valueName: "id"))
  var dossier: String?

  @Option(help: "Of this kind.")
  var kind: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.results,
      API.ResultListRequest(
        dossier: dossier, kind: kind, page: paging.page, limit: paging.limit))
  }
}
