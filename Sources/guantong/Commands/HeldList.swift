import ArgumentParser
import Office

/// `guantong held list`.
struct HeldList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("held.list"))

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.held, API.HeldListRequest(page: paging.page, limit: paging.limit))
  }
}
