import ArgumentParser
import Office

/// `guantong document drafts`.
struct DocumentDrafts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drafts", abstract: Abstract.of("document.drafts"))

  @Option(help: ArgumentHelp("Only in this dossier.", valueName: "id"))
  var dossier: String?

  @Option(help: "Only in this state: draft, submitted, reviewed, signed or issued.")
  var state: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.drafts,
      API.DraftListRequest(
        dossier: dossier, state: state, page: paging.page, limit: paging.limit))
  }
}
