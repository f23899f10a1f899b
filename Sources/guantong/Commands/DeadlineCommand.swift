import ArgumentParser

/// `guantong deadline`.
struct DeadlineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deadline", abstract: Abstract.of("deadline"),
    subcommands: [
      DeadlineList.self
    ])
}
