import ArgumentParser
import Office

/// `guantong meeting finalize`.
struct MeetingFinalize: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finalize", abstract: Abstract.of("meeting.finalize"))

  @Argument(help: "Meeting.")
  var meeting: String

  @Option(help: ArgumentHelp("Version; the newest known when absent.", valueName: "version"))
  var minutes: Int?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.finalize,
      API.FinalizeRequest(
        meeting: meeting, version: minutes, on: act.on, note: act.note))
  }
}
