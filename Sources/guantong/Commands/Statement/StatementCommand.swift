import ArgumentParser

/// `guantong statement`.
struct StatementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement", abstract: Abstract.of("statement"),
    subcommands: [StatementCreate.self, StatementCountersign.self])
}
