import ArgumentParser
import Office

/// `guantong clue forward`.
struct ClueForward: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forward", abstract: Abstract.of("clue.forward"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @Option(help: ArgumentHelp("The new addressee.", valueName: "code"))
  var to: String

  @Option(help: ArgumentHelp("A point; all when absent.", valueName: "id"))
  var point: [String] = []

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.forward,
      API.ForwardRequest(
        clue: clue, document: letter.document, to: to, points: point, on: act.on, note: act.note))
  }
}
