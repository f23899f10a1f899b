import ArgumentParser

/// `guantong node`.
struct NodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "node", abstract: "The node process.", subcommands: [NodeRun.self])
}
