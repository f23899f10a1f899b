import ArgumentParser
import Office

/// `guantong meeting create`.
struct MeetingCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: Abstract.of("meeting.create"))

  @Option(help: "Title.")
  var title: String

  @Option(help: "Series of meetings.")
  var series: String

  @Option(help: "Number in the series.")
  var issue: Int

  @Option(help: ArgumentHelp("Date.", valueName: "date"))
  var heldOn: String

  @Option(help: "Place.")
  var place: String?

  @Option(help: "Chair.")
  var chair: String?

  @Option(help: ArgumentHelp("An agency to admit.", valueName: "code"))
  var member: [String] = []

  @Option(help: "Number; drawn when absent.")
  var number: String?

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.createMeeting,
      API.CreateMeetingRequest(
        title: title, series: series, issue: issue, heldOn: heldOn, place: place, chair: chair,
        members: member, number: number, on: on))
  }
}
