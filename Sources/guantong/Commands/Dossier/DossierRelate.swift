import ArgumentParser
import Office

/// `guantong dossier relate`.
struct DossierRelate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relate", abstract: Abstract.of("dossier.relate"))

  @Argument(help: "Dossier.")
  var dossier: String

  @Option(help: "The other dossier.")
  var to: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.relate, API.RelateRequest(dossier: dossier, to: to, on: act.on, note: act.note))
  }
}
