import ArgumentParser
import Office

/// `guantong node run`.
struct NodeRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the node until SIGTERM or Ctrl-C.")

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let settings = try options.settings()
    try NodeFilesCheck.run(settings.files)
  }
}
