import ArgumentParser
import Office

/// `guantong dossier admit`.
struct DossierAdmit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admit", abstract: Abstract.of("dossier.admit"))

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
      API.admit,
      API.AdmitRequest(
        dossier: dossier, agency: agency, reason: reason, on: on))
  }
}
