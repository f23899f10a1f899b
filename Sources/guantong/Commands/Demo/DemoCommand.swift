import ArgumentParser

/// `guantong demo`.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: Abstract.of("demo"),
    subcommands: [DemoRun.self, DemoBreak.self, DemoHeal.self, DemoClock.self],
    defaultSubcommand: DemoRun.self)
}
