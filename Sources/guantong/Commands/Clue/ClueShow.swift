import ArgumentParser
import Office

/// `guantong clue show`.
struct ClueShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("clue.show"))

  @Argument(help: "Clue.")
  var clue: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.clue, API.ClueRequest(clue: clue))
  }
}
