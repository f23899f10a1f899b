import ArgumentParser
import Office

/// `guantong agency suspend-key`.
struct AgencySuspendKey: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspend-key", abstract: Abstract.of("agency.suspend-key"))

  @Argument(
    help: ArgumentHelp("Whose key, as registrar; ours when absent.", valueName: "code"))
  var agency: String?

  @Option(help: "Why; everybody in the directory reads it.")
  var reason: String

  @Option(help: ArgumentHelp("Code of the agency, as confirmation.", valueName: "code"))
  var confirm: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.suspendKey,
      API.SuspendKeyRequest(agency: agency, reason: reason, confirm: confirm))
  }
}
