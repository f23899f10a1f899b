import ArgumentParser
import Office

/// `guantong clue accept`.
struct ClueAccept: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: Abstract.of("clue.accept"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @Option(help: ArgumentHelp("A point; all when absent.", valueName: "id"))
  var point: [String] = []

  @Option(help: "Number of our own.")
  var internalNumber: String?

  @Option(
    help: ArgumentHelp(
      "The kind of oversight that takes it up; that of the agency when absent.", valueName: "kind"))
  var use: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.accept,
      API.AcceptRequest(
        clue: clue, document: letter.document, points: point, internalNumber: internalNumber,
        use: use, on: act.on, note: act.note, scan: paper.scan))
  }
}
