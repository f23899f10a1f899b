import ArgumentParser

/// `guantong calendar`.
struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: Abstract.of("calendar"),
    subcommands: [
      CalendarSet.self, CalendarImport.self, CalendarList.self,
    ])
}
