import ArgumentParser
import Office

/// `guantong document issue`.
struct DocumentIssue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue", abstract: Abstract.of("document.issue"))

  @Argument(help: "Draft.")
  var draft: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.issue, API.IssueRequest(draft: draft, on: on))
  }
}
