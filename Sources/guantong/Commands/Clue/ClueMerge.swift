import ArgumentParser
import Office

/// `guantong clue merge`.
struct ClueMerge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: Abstract.of("clue.merge"))

  @Argument(help: "The clue that ends.")
  var clue: String

  @Option(help: "The clue that goes on.")
  var into: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.merge, API.MergeRequest(clue: clue, into: into, on: act.on, note: act.note))
  }
}
