import ArgumentParser
import Office

/// `guantong agency change`.
struct AgencyChange: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change", abstract: Abstract.of("agency.change"))

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @Option(help: "Full name.")
  var name: String?

  @Option(help: "Short name.")
  var shortName: String?

  @Option(help: "province, city or county.")
  var level: String?

  @Option(help: "Unified social credit code, GB 32100.")
  var creditCode: String?

  @Option(help: "Kind of the agency, as at its admission.")
  var kind: String?

  @Option(
    help: ArgumentHelp(
      "The agency that was merged into it, or whose work it took over.", valueName: "code"))
  var succeeds: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.changeAgency,
      API.ChangeAgencyRequest(
        agency: agency, name: name, shortName: shortName, level: level, creditCode: creditCode,
        kind: kind, succeeds: succeeds))
  }
}
