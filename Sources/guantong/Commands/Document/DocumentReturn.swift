import ArgumentParser
import Office

/// `guantong document return`.
struct DocumentReturn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "return", abstract: Abstract.of("document.return"))

  @Argument(help: "Draft.")
  var draft: String

  @Option(help: "Free text that goes with it.")
  var note: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.returnDraft, API.DraftActRequest(draft: draft, note: note))
  }
}
