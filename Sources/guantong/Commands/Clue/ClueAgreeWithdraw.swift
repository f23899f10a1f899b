import ArgumentParser
import Office

/// `guantong clue agree-withdraw`.
struct ClueAgreeWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agree-withdraw", abstract: Abstract.of("clue.agree-withdraw"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.agreeWithdraw,
      API.AgreeWithdrawRequest(
        clue: clue, document: letter.document, on: act.on, note: act.note))
  }
}
