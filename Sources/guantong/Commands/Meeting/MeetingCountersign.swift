import ArgumentParser
import Office

/// `guantong meeting countersign`.
struct MeetingCountersign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "countersign", abstract: Abstract.of("meeting.countersign"))

  @Argument(help: "Meeting.")
  var meeting: String

  @Option(help: ArgumentHelp("Version; the newest known when absent.", valueName: "version"))
  var minutes: Int?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.countersign,
      API.CountersignRequest(
        meeting: meeting, version: minutes, on: act.on, note: act.note))
  }
}
