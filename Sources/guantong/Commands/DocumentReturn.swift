import ArgumentParser
import Office

/// `guantong document return`.
struct DocumentReturn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "return", abstract: Abstract.of("document.return"))

  @Argument(help: "Draft.")
  var draft: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.returnDraft,
      API.DraftActRequest(
        draft: draft, on: act.on, note: act.note))
  }
}
