import ArgumentParser
import Office

/// `guantong clue refuse-withdraw`.
struct ClueRefuseWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse-withdraw", abstract: Abstract.of("clue.refuse-withdraw"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var letter: LetterOptions

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.refuseWithdraw,
      API.AgreeWithdrawRequest(
        clue: clue, document: letter.document, on: act.on, note: act.note))
  }
}
