import ArgumentParser
import Office

/// `guantong clue assign`.
struct ClueAssign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: Abstract.of("clue.assign"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @Option(help: ArgumentHelp("The body that is competent.", valueName: "code"))
  var to: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.assignCompetence,
      API.AssignCompetenceRequest(
        clue: clue, document: letter.document, to: to, on: act.on, note: act.note))
  }
}
