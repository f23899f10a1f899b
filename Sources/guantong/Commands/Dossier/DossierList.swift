import ArgumentParser
import Office

/// `guantong dossier list`.
struct DossierList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("dossier.list"))

  @Option(help: "Only this kind.")
  var kind: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.dossiers,
      API.DossierListRequest(
        kind: kind, page: paging.page, limit: paging.limit))
  }
}
