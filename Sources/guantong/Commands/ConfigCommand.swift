import ArgumentParser

/// `guantong config`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Show and check the configuration.",
    subcommands: [ConfigShow.self, ConfigCheck.self])
}
