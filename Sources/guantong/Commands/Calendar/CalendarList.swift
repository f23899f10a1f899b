import ArgumentParser
import Office

/// `guantong calendar list`.
struct CalendarList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("calendar.list"))

  @Option(help: "Only of this year.")
  var year: Int?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.calendar,
      API.CalendarRequest(year: year, page: paging.page, limit: paging.limit))
  }
}
