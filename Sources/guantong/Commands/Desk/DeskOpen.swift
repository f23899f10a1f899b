import ArgumentParser
import Office

/// `guantong desk open`.
struct DeskOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: Abstract.of("desk.open"))

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.openDesk, API.OpenDeskRequest(agency: agency))
  }
}
