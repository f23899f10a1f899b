import ArgumentParser
import Office

/// `guantong document list`.
struct DocumentList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("document.list"))

  @Option(help: ArgumentHelp("Only in this dossier.", valueName: "id"))
  var dossier: String?

  @Option(help: "Only of this form.")
  var form: String?

  @Option(help: ArgumentHelp("Only of this agency.", valueName: "code"))
  var author: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.documents,
      API.DocumentListRequest(
        dossier: dossier, form: form, author: author, page: paging.page, limit: paging.limit))
  }
}
