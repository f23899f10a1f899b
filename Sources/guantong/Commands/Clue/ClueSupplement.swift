import ArgumentParser
import Casework
import Office

/// `guantong clue supplement`.
struct ClueSupplement: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "supplement", abstract: Abstract.of("clue.supplement"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var text: TextOptions

  @Option(help: ArgumentHelp("A further point.", valueName: "text"))
  var point: [String] = []

  @Option(
    help: ArgumentHelp(
      "The kind of oversight that is asked for from now on: \(OversightKind.listed).",
      valueName: "kind"))
  var purpose: String?

  @OptionGroup var attachments: AttachOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await attachments.show(
      API.supplement,
      API.SupplementRequest(
        clue: clue, title: text.title, body: try text.text(), points: point, purpose: purpose),
      options)
  }
}
