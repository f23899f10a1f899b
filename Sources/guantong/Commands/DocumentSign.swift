import ArgumentParser
import Office

/// `guantong document sign`.
struct DocumentSign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: Abstract.of("document.sign"))

  @Argument(help: "Draft.")
  var draft: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.sign, API.DraftActRequest(draft: draft, on: act.on, note: act.note))
  }
}
