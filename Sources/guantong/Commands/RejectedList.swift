import ArgumentParser
import Office

/// `guantong rejected list`.
struct RejectedList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("rejected.list"))

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.rejected,
      API.RejectedListRequest(
        page: paging.page, limit: paging.limit))
  }
}
