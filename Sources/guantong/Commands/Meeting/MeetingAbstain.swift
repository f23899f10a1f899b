import ArgumentParser
import Office

/// `guantong meeting abstain`.
struct MeetingAbstain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abstain", abstract: Abstract.of("meeting.abstain"))

  @Argument(help: "Meeting.")
  var meeting: String

  @Option(help: ArgumentHelp("Version; the newest known when absent.", valueName: "version"))
  var minutes: Int?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.abstain,
      API.AbstainRequest(meeting: meeting, version: minutes, on: act.on, note: act.note))
  }
}
