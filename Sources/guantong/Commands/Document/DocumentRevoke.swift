import ArgumentParser
import Office

/// `guantong document revoke`.
struct DocumentRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: Abstract.of("document.revoke"))

  @Argument(help: "Id or number.")
  var document: String

  @Option(help: "Why.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.revokeDocument, API.RevokeDocumentRequest(document: document, text: text, on: on))
  }
}
