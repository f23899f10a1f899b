import ArgumentParser
import Office

/// `guantong meeting minutes`.
struct MeetingMinutes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minutes", abstract: Abstract.of("meeting.minutes"))

  @Argument(help: "Meeting.")
  var meeting: String

  @OptionGroup var text: TextOptions

  @Option(help: ArgumentHelp("A member whose countersignature is required.", valueName: "code"))
  var required: [String] = []

  @Option(help: "Who was there.")
  var present: [String] = []

  @Option(help: "Who was not.")
  var absent: [String] = []

  @Option(help: "A topic.")
  var topic: [String] = []

  @Option(help: "A resolution: unit=…;due=…;text=…")
  var resolution: [ItemWord] = []

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.minutes,
      API.MinutesRequest(
        meeting: meeting, title: text.title, body: try text.text(), required: required,
        present: present, absent: absent, topics: topic, resolutions: resolution.map(\.item)))
  }
}
