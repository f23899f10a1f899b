import ArgumentParser

/// `guantong node`.
struct NodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "node", abstract: Abstract.of("node"),
    subcommands: [NodeRun.self, NodeRebuild.self, NodeRebuildReport.self])
}
