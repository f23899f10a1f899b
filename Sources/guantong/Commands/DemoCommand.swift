import ArgumentParser

/// `guantong demo`.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Agencies on this machine, each with its own process, database and ports.",
    subcommands: [DemoRun.self, DemoBreak.self, DemoHeal.self, DemoClock.self],
    defaultSubcommand: DemoRun.self)
}
