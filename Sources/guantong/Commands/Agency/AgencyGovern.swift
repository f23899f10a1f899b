import ArgumentParser
import Office

/// `guantong agency govern`.
struct AgencyGovern: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "govern", abstract: Abstract.of("agency.govern"))

  @Option(help: ArgumentHelp("A governor; give it once for each.", valueName: "code"))
  var governor: [String] = []

  @Option(help: "Countersignatures needed; more than half.")
  var threshold: Int

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.govern,
      API.GovernRequest(
        governors: governor, threshold: threshold))
  }
}
