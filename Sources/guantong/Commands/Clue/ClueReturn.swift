import ArgumentParser
import Casework
import Office

/// `guantong clue return`.
struct ClueReturn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "return", abstract: Abstract.of("clue.return"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @Option(help: "Code of the reason: \(ReturnReason.listed).")
  var reason: String

  @Option(help: "What the sender should do next.")
  var note: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.return,
      API.ReturnRequest(
        clue: clue, document: letter.document, reason: reason, on: on, note: note, scan: paper.scan)
    )
  }
}
