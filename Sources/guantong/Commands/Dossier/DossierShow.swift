import ArgumentParser
import Office

/// `guantong dossier show`.
struct DossierShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("dossier.show"))

  @Argument(help: "Id, unique prefix or number.")
  var dossier: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.dossier, API.DossierRequest(dossier: dossier))
  }
}
