import ArgumentParser
import Office

/// `guantong dossier end`.
struct DossierEnd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: Abstract.of("dossier.end"))

  @Argument(help: "Id, unique prefix or number.")
  var dossier: String

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @Option(help: "Why.")
  var reason: String?

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.end, API.EndRequest(dossier: dossier, agency: agency, reason: reason, on: on))
  }
}
