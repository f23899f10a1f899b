import ArgumentParser
import Office

/// `guantong document show`.
struct DocumentShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("document.show"))

  @Argument(help: "Id or number.")
  var document: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.document, API.DocumentRequest(document: document))
  }
}
