import ArgumentParser
import Office

/// `guantong dossier exclude`.
struct DossierExclude: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exclude", abstract: Abstract.of("dossier.exclude"))

  @Argument(help: "Id, unique prefix or number.")
  var dossier: String

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @Option(help: "Why; never shown to it.")
  var reason: String?

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.exclude,
      API.ExcludeRequest(
        dossier: dossier, agency: agency, reason: reason, on: on))
  }
}
