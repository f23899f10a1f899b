import ArgumentParser
import Office

/// `guantong agency change`.
struct AgencyChange: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change", abstract: Abstract.of("agency.change"))

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @OptionGroup var described: DescriptionOptions

  @Option(
    help: ArgumentHelp(
      "The agency that was merged into it, or whose work it took over.", valueName: "code"))
  var succeeds: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.changeAgency,
      API.ChangeAgencyRequest(
        agency: agency, name: described.name, shortName: described.shortName,
        level: described.level, creditCode: described.creditCode, kind: described.kind,
        succeeds: succeeds))
  }
}
