import ArgumentParser

/// `guantong course`.
struct CourseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "course", abstract: Abstract.of("course"),
    subcommands: [
      CourseList.self
    ])
}
