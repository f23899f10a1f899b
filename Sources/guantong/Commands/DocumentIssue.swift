import ArgumentParser
import Office

/// `guantong document issue`.
struct DocumentIssue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue", abstract: Abstract.of("document.issue"))

  @Argument(help: "Draft.")
  var draft: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.issue,
      API.DraftActRequest(
        draft: draft, on: act.on, note: act.note))
  }
}
