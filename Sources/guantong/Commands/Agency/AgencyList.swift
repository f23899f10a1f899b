import ArgumentParser
import Office

/// `guantong agency list`.
struct AgencyList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("agency.list"))

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.agencies,
      API.AgencyListRequest(
        page: paging.page, limit: paging.limit))
  }
}
