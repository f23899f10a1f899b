import ArgumentParser
import FoundationEssentials
import Office

/// `guantong backup restore`.
struct BackupRestore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: Abstract.of("backup.restore"),
    discussion: """
      The node must not run. Its database is moved to before-restore-… in its directory; keys and \
      configuration that are there stay, missing keys come out of the backup. After its start the \
      node fetches from its peers what it wrote since, and a person confirms it: guantong \
      reconcile --resume. On a new machine --dir makes the node's directory first.
      """)

  @Argument(help: "The folder of the backup.", completion: .directory)
  var backup: String

  @Option(help: ArgumentHelp("The agency's code, as confirmation.", valueName: "code"))
  var confirm: String?

  @Option(
    help: ArgumentHelp("The node's directory; made when there is none.", valueName: "directory"))
  var dir: String?

  @Option(
    help: ArgumentHelp("Opens the sealed keys.", valueName: "file"), completion: .file())
  var passphraseFile: String?

  @Flag(help: "Restore it although it is of another node or key.")
  var force = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let folder = BackupFolder(backup)
    let manifest = try await folder.manifest()
    guard confirm == manifest.agency else {
      throw OfficeError(.confirmationMissing, ["confirm": manifest.agency])
    }
    let restoration = BackupRestoration(
      folder: folder, passphraseFile: passphraseFile, isForced: force)
    let settings = try await settings(restoration)
    try options.printer.show(try await restoration.restore(settings))
  }

  private func settings(_ restoration: BackupRestoration) async throws -> Settings {
    guard let dir else { return try options.settings() }
    let directory = AbsolutePath.of(dir)
    let file = NodeFiles(directory: directory).configuration
    if !FileManager.default.fileExists(atPath: file) {
      try await restoration.begin(in: directory)
    }
    return try Settings(file: file, environment: GlobalOptions.environment)
  }
}
