import ArgumentParser

/// `guantong backup`.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: Abstract.of("backup"),
    subcommands: [
      BackupCreate.self, BackupList.self, BackupVerify.self, BackupRestore.self,
    ])
}
