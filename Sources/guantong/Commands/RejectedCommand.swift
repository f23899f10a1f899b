import ArgumentParser

/// `guantong rejected`.
struct RejectedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejected", abstract: Abstract.of("rejected"),
    subcommands: [
      RejectedList.self, RejectedShow.self,
    ])
}
