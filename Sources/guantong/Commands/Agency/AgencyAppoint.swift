import ArgumentParser
import Office

/// `guantong agency appoint`.
struct AgencyAppoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "appoint", abstract: Abstract.of("agency.appoint"))

  @Argument(help: ArgumentHelp("Agency that shall be registrar.", valueName: "code"))
  var agency: String

  @Option(
    help: ArgumentHelp(
      "The public key it acts with; the one in force when absent.", valueName: "hex"))
  var publicKey: String?

  @Option(
    help: ArgumentHelp(
      "The last entry that stays; the newest one known here when absent.", valueName: "id"))
  var lastEntry: String?

  @Option(help: ArgumentHelp("Code of the agency, as confirmation.", valueName: "code"))
  var confirm: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.appoint,
      API.AppointRequest(
        agency: agency, publicKey: publicKey, lastEntry: lastEntry, confirm: confirm))
  }
}
