import ArgumentParser
import Office

/// `guantong meeting circulate`.
struct MeetingCirculate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "circulate", abstract: Abstract.of("meeting.circulate"))

  @Argument(help: "Meeting.")
  var meeting: String

  @Option(help: ArgumentHelp("The draft; the signed one when absent.", valueName: "id"))
  var draft: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.circulate,
      API.CirculateRequest(
        meeting: meeting, draft: draft, on: act.on, note: act.note))
  }
}
