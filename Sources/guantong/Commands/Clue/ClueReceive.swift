import ArgumentParser
import Office

/// `guantong clue receive`.
struct ClueReceive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: Abstract.of("clue.receive"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @OptionGroup var act: ActOptions

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.receive,
      API.ReceiveRequest(
        clue: clue, document: letter.document, on: act.on, note: act.note, scan: paper.scan))
  }
}
