import ArgumentParser
import Office

/// `guantong document submit`.
struct DocumentSubmit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: Abstract.of("document.submit"))

  @Argument(help: "Draft.")
  var draft: String

  @Option(help: "Free text that goes with it.")
  var note: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.submit, API.DraftActRequest(draft: draft, note: note))
  }
}
