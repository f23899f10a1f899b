import ArgumentParser
import Office

/// `guantong backup verify`.
struct BackupVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: Abstract.of("backup.verify"),
    discussion: """
      Ends with 7 at the first thing that is wrong. With --passphrase-file the sealed keys are \
      opened too.
      """)

  @Argument(help: "The folder of the backup.", completion: .directory)
  var backup: String

  @Option(
    help: ArgumentHelp("Opens the sealed keys.", valueName: "file"), completion: .file())
  var passphraseFile: String?

  @Flag(help: "Load the database into a scratch cluster, which takes as much room again.")
  var trial = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let folder = BackupFolder(backup)
    let manifest = try await folder.manifest()
    try await folder.check(manifest)
    if manifest.keys == .clear || passphraseFile != nil {
      _ = try await folder.keys(manifest, passphraseFile: passphraseFile)
    }
    var shown = ShownBackup(folder, manifest)
    shown.verified = true
    if trial {
      let restoration = BackupRestoration(
        folder: folder, passphraseFile: nil, isForced: false)
      // The count was made just before the snapshot, while the node may have worked.
      guard try await restoration.tried() >= manifest.changeSets else {
        throw OfficeError(
          .integrity, ["detail": "backup.count", "path": folder.file(BackupManifest.database)])
      }
      shown.tried = true
    }
    try options.printer.show(shown)
  }
}
