import ArgumentParser
import Office

/// `guantong document sign`.
struct DocumentSign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: Abstract.of("document.sign"))

  @Argument(help: "Draft.")
  var draft: String

  @Option(help: "Free text that goes with it.")
  var note: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.sign, API.DraftActRequest(draft: draft, note: note))
  }
}
