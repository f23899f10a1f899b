import ArgumentParser
import Office

/// `guantong agency show`.
struct AgencyShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("agency.show"))

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.agency, API.AgencyRequest(agency: agency))
  }
}
