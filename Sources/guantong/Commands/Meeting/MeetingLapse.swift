import ArgumentParser
import Office

/// `guantong meeting lapse`.
struct MeetingLapse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lapse", abstract: Abstract.of("meeting.lapse"))

  @Argument(help: "Meeting.")
  var meeting: String

  @Option(help: ArgumentHelp("Version; the newest known when absent.", valueName: "version"))
  var minutes: Int?

  @Option(help: ArgumentHelp("A silent member; all of them when absent.", valueName: "code"))
  var member: [String] = []

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.lapse,
      API.LapseRequest(
        meeting: meeting, version: minutes, members: member, on: act.on, note: act.note))
  }
}
