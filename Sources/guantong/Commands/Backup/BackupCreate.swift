import ArgumentParser

/// `guantong backup create`.
struct BackupCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: Abstract.of("backup.create"),
    discussion: """
      Makes a new folder below --to, closed to others. The database is one snapshot, made by \
      pg_dump, and is not encrypted. Say what becomes of the keys: sealed by a passphrase, in \
      clear, or not in it.
      """)

  @Option(help: ArgumentHelp("The folder of the backups.", valueName: "folder"))
  var to: String

  @Option(
    help: ArgumentHelp("Seal the keys by the first line of this file.", valueName: "file"),
    completion: .file())
  var passphraseFile: String?

  @Flag(help: "Put the keys into it in clear.")
  var keysInClear = false

  @Flag(help: "Leave the keys out.")
  var withoutKeys = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    let chosen = [passphraseFile != nil, keysInClear, withoutKeys].filter { $0 }.count
    guard chosen == 1 else {
      throw ValidationError(
        "Say one of --passphrase-file, --keys-in-clear and --without-keys.")
    }
  }

  func run() async throws {
    let keys: BackupMaking.Keys =
      if let passphraseFile {
        .sealed(passphrase: try KeyFiles.passphrase(at: passphraseFile))
      } else {
        keysInClear ? .clear : .none
      }
    let making = BackupMaking(settings: try options.settings(), keys: keys)
    try options.printer.show(try await making.make(in: AbsolutePath.of(to)))
  }
}
