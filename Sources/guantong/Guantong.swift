import ArgumentParser

/// The root of the command line.
struct Guantong: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guantong",
    abstract: Abstract.of("guantong"),
    discussion: """
      Commands that act on a node speak to it over its socket; find it with --config FILE,
      GUANTONG_CONFIG, ./guantong.yaml or /etc/guantong/guantong.yaml.

      More: guantong help exit-codes | environment | formatting | config
      """,
    version: Build.version,
    subcommands: [
      InitCommand.self, DemoCommand.self, NodeCommand.self, JoinCommand.self,
      AgencyCommand.self, PersonCommand.self, DeskCommand.self,
      StatusCommand.self, SyncCommand.self, ReconcileCommand.self, HeldCommand.self,
      RejectedCommand.self, VoidCommand.self, AlarmCommand.self, BundleCommand.self,
      BackupCommand.self,
      DossierCommand.self, DocumentCommand.self, SealedCommand.self, ClueCommand.self,
      ResultCommand.self, MeetingCommand.self, ItemCommand.self, CourseCommand.self,
      DeadlineCommand.self, CalendarCommand.self, StatementCommand.self, ReportCommand.self,
      ShowCommand.self, VerifyCommand.self, ConfigCommand.self, VersionCommand.self,
    ])
}

/// What this program is; the commit is written beside it by the plugin CommitStamp.
enum Build {
  /// Version of the program.
  static let version = "0.1.0"
  /// Change set formats that it folds.
  static let formats = [1]
  /// Version of the peer protocol.
  static let peerProtocol = 1
}
