import ArgumentParser
import Office

/// `guantong alarm list`.
struct AlarmList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("alarm.list"))

  @Option(help: ArgumentHelp("Only about this peer.", valueName: "code"))
  var peer: String?

  @OptionGroup var paging: PageOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.alarms,
      API.AlarmListRequest(peer: peer, page: paging.page, limit: paging.limit))
  }
}
