import ArgumentParser
import Office

/// `guantong clue list`.
struct ClueList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("clue.list"))

  @Option(help: "In this state.")
  var state: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.clues,
      API.ClueListRequest(
        state: state, page: paging.page, limit: paging.limit))
  }
}
