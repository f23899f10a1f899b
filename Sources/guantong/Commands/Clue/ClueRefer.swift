import ArgumentParser
import Casework
import Office

/// `guantong clue refer`.
struct ClueRefer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refer", abstract: Abstract.of("clue.refer"))

  @Argument(help: "Clue.")
  var clue: String

  @Option(help: ArgumentHelp("An addressee.", valueName: "code"))
  var to: [String] = []

  @Option(help: ArgumentHelp("A copy.", valueName: "code"))
  var cc: [String] = []

  @OptionGroup var text: TextOptions

  @Option(help: ArgumentHelp("A point of the clue.", valueName: "text"))
  var point: [String] = []

  @Option(help: ArgumentHelp("Due date.", valueName: "date"))
  var dueOn: String?

  @Option(help: ArgumentHelp("The returned letter that it replaces.", valueName: "id"))
  var resends: String?

  @Option(
    help: ArgumentHelp(
      "The kind of oversight that the letter asks for: \(OversightKind.listed).",
      valueName: "kind"))
  var purpose: String?

  @OptionGroup var seal: SealOptions

  @OptionGroup var attachments: AttachOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await attachments.show(
      API.refer,
      API.ReferRequest(
        clue: clue, to: to, cc: cc, title: text.title, body: try text.text(), points: point,
        dueOn: dueOn, resends: resends, purpose: purpose, sealed: seal.sheets), options)
  }
}
