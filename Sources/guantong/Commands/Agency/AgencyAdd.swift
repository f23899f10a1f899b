import ArgumentParser
import Office

/// `guantong agency add`.
struct AgencyAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Abstract.of("agency.add"))

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @Option(help: "The fingerprint that both operators compared.")
  var fingerprint: String?

  @Option(help: ArgumentHelp("The agency whose node keeps its replica.", valueName: "code"))
  var hostedBy: String?

  @Option(
    help: ArgumentHelp("The public key that the host keeps for it.", valueName: "hexadecimal"))
  var publicKey: String?

  @OptionGroup var profile: ProfileOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.admitAgency,
      API.AdmitAgencyRequest(
        agency: agency, fingerprint: fingerprint, hostedBy: hostedBy,
        publicKey: publicKey,
        profile: hostedBy == nil ? nil : profile.profile(code: agency)))
  }
}
