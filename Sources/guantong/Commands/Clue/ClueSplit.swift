import ArgumentParser
import Office

/// `guantong clue split`: accepts some points and leaves the others to be returned or forwarded.
struct ClueSplit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: Abstract.of("clue.split"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @Option(help: ArgumentHelp("A point that is accepted; at least one.", valueName: "id"))
  var point: [String]

  @Option(help: "Number of our own.")
  var internalNumber: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.accept,
      API.AcceptRequest(
        clue: clue, document: letter.document, points: point, internalNumber: internalNumber,
        on: act.on, note: act.note))
  }
}
