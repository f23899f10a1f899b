import ArgumentParser

/// `guantong rejected`.
struct RejectedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejected", abstract: "Change sets in quarantine.",
    subcommands: [
      RejectedList.self
    ])
}
