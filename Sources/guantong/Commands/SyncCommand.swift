import ArgumentParser

/// `guantong sync`.
struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: Abstract.of("sync"),
    subcommands: [
      SyncNow.self, SyncLog.self,
    ])
}
