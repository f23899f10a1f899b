import ArgumentParser

/// `guantong alarm`.
struct AlarmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alarm", abstract: Abstract.of("alarm"),
    subcommands: [
      AlarmList.self
    ])
}
