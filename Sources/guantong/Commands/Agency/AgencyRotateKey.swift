import ArgumentParser
import Office

/// `guantong agency rotate-key`.
struct AgencyRotateKey: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-key", abstract: Abstract.of("agency.rotate-key"))

  @Argument(
    help: ArgumentHelp(
      "Agency that asked for a new key, as registrar; ours when absent.", valueName: "code"))
  var agency: String?

  @Option(help: "The fingerprint that both operators compared.")
  var fingerprint: String?

  @Option(help: ArgumentHelp("The registrar's invitation with --new-key.", valueName: "code"))
  var invite: String?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard invite == nil || (agency == nil && fingerprint == nil) else {
      throw ValidationError("--invite goes with neither an agency nor --fingerprint.")
    }
  }

  func run() async throws {
    try await options.show(
      API.rotateKey,
      API.RotateKeyRequest(agency: agency, fingerprint: fingerprint, invite: invite))
  }
}
