import ArgumentParser

/// `guantong sync`.
struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Exchange with peers.",
    subcommands: [
      SyncNow.self
    ])
}
