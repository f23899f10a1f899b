import ArgumentParser
import Office

/// `guantong join`.
struct JoinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: Abstract.of("join"))

  @Option(help: ArgumentHelp("The code of the invitation.", valueName: "code"))
  var invite: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.join, API.JoinRequest(invite: invite))
  }
}
