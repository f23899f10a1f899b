import ArgumentParser

/// `guantong meeting`.
struct MeetingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meeting", abstract: Abstract.of("meeting"),
    subcommands: [
      MeetingCreate.self, MeetingMinutes.self, MeetingCirculate.self, MeetingCountersign.self,
      MeetingObject.self, MeetingAbstain.self, MeetingLapse.self, MeetingFinalize.self,
      MeetingIssue.self,
      MeetingList.self, MeetingShow.self,
    ])
}
