import ArgumentParser
import Office

/// `guantong result revoke`.
struct ResultRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: Abstract.of("result.revoke"))

  @Argument(help: "The result, by any of its versions.")
  var result: String

  @Option(help: "Why.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.revokeResult, API.RevokeResultRequest(result: result, text: text, on: on))
  }
}
