import ArgumentParser
import Office

/// `guantong agency move`.
struct AgencyMove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: Abstract.of("agency.move"))

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @Option(help: "The fingerprint that both operators compared.")
  var fingerprint: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.moveAgency, API.MoveAgencyRequest(agency: agency, fingerprint: fingerprint))
  }
}
