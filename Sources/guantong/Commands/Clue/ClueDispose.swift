import ArgumentParser
import Office

/// `guantong clue dispose`.
struct ClueDispose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispose", abstract: Abstract.of("clue.dispose"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @Option(help: "Kind of the disposition.")
  var kind: String

  @Option(help: "How it is closed.")
  var closeKind: String?

  @Option(help: ArgumentHelp("Due date.", valueName: "date"))
  var dueOn: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.dispose,
      API.DisposeRequest(
        clue: clue, document: letter.document, kind: kind, closeKind: closeKind, dueOn: dueOn,
        on: act.on, note: act.note))
  }
}
