import ArgumentParser
import Office

/// `guantong meeting issue`.
struct MeetingIssue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue", abstract: Abstract.of("meeting.issue"))

  @Argument(help: "Meeting.")
  var meeting: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.issueMinutes,
      API.IssueMinutesRequest(
        meeting: meeting, on: act.on, note: act.note))
  }
}
