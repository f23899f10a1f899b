import ArgumentParser
import Office

/// `guantong person list`.
struct PersonList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("person.list"))

  @Option(help: ArgumentHelp("Of this agency; ours when absent.", valueName: "code"))
  var agency: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.people,
      API.PersonListRequest(
        agency: agency, page: paging.page, limit: paging.limit))
  }
}
