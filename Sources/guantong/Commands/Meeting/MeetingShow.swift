import ArgumentParser
import Office

/// `guantong meeting show`.
struct MeetingShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("meeting.show"))

  @Argument(help: "Meeting.")
  var meeting: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.meeting, API.MeetingRequest(meeting: meeting))
  }
}
