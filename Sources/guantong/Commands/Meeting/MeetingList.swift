import ArgumentParser
import Office

/// `guantong meeting list`.
struct MeetingList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("meeting.list"))

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.meetings, API.MeetingListRequest(page: paging.page, limit: paging.limit))
  }
}
