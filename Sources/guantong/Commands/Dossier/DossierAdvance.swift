import ArgumentParser
import Office

/// `guantong dossier advance`.
struct DossierAdvance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advance", abstract: Abstract.of("dossier.advance"))

  @Argument(help: "Dossier; or the id of a document of figures or of an expert.")
  var dossier: String

  @Option(help: "The stage that the step leads to.")
  var stage: String

  @Option(help: ArgumentHelp("The agency it is given to.", valueName: "code"))
  var handler: String?

  @Option(help: "Code of the reason or the mode; or the days asked for, as first/last.")
  var reason: String?

  @Option(help: "Number of the approval.")
  var number: String?

  @Option(
    help: ArgumentHelp(
      "The item of an approved plan that an inspection is made by.", valueName: "id"))
  var plan: String?

  @Option(help: ArgumentHelp("New due date.", valueName: "date"))
  var due: String?

  @Option(help: ArgumentHelp("A record that it rests on; once for each.", valueName: "id"))
  var cite: [String] = []

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.advance,
      API.AdvanceRequest(
        dossier: dossier, stage: stage, handler: handler, reason: reason, number: number,
        plan: plan, dueOn: due, cites: cite, on: act.on, note: act.note))
  }
}
