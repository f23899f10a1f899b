import ArgumentParser

/// `guantong config`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: Abstract.of("config"),
    subcommands: [ConfigShow.self, ConfigCheck.self])
}
