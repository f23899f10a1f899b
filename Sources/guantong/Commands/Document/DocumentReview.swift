import ArgumentParser
import Office

/// `guantong document review`.
struct DocumentReview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: Abstract.of("document.review"))

  @Argument(help: "Draft.")
  var draft: String

  @Option(help: "Free text that goes with it.")
  var note: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.review, API.DraftActRequest(draft: draft, note: note))
  }
}
