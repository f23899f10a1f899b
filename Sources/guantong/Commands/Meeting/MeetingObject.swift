import ArgumentParser
import Office

/// `guantong meeting object`.
struct MeetingObject: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "object", abstract: Abstract.of("meeting.object"))

  @Argument(help: "Meeting.")
  var meeting: String

  @Option(help: ArgumentHelp("Version; the newest known when absent.", valueName: "version"))
  var minutes: Int?

  @Option(help: "The objection.")
  var text: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.object,
      API.ObjectRequest(
        meeting: meeting, version: minutes, text: text, on: on))
  }
}
