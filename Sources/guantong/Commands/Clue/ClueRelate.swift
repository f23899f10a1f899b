import ArgumentParser
import Office

/// `guantong clue relate`: what `dossier relate` says, of a clue.
struct ClueRelate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relate", abstract: Abstract.of("clue.relate"))

  @Argument(help: "Clue.")
  var clue: String

  @Option(help: "The other clue or dossier.")
  var to: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.relate, API.RelateRequest(dossier: clue, to: to, on: act.on, note: act.note))
  }
}
