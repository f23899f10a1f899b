import ArgumentParser
import Office

/// `guantong clue withdraw`.
struct ClueWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: Abstract.of("clue.withdraw"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.withdraw,
      API.WithdrawRequest(
        clue: clue, document: letter.document, on: act.on, note: act.note))
  }
}
