import ArgumentParser
import Casework
import Office

/// `guantong dossier create`.
struct DossierCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: Abstract.of("dossier.create"))

  @OptionGroup var cover: CoverOptions

  @Option(help: "Kind of the dossier.")
  var kind: String

  @Option(help: "Petitions: the way by which it came: \(PetitionChannel.listed).")
  var channel: String?

  @Option(
    help: ArgumentHelp(
      "Petitions: what the petitioner asks for: \(DemandKind.listed).", valueName: "kind"))
  var demandKind: String?

  @Option(help: "Demonstration bids: who names those that succeed: \(BidLevel.listed).")
  var level: String?

  @Option(help: ArgumentHelp("Demonstration bids: the batch, from 1.", valueName: "number"))
  var batch: Int?

  @Option(help: ArgumentHelp("An agency to admit from the start.", valueName: "code"))
  var admit: [String] = []

  @Option(help: ArgumentHelp("An agency to exclude from the start.", valueName: "code"))
  var exclude: [String] = []

  @Option(help: "Why they are admitted or excluded.")
  var reason: String?

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.createDossier,
      API.CreateDossierRequest(
        kind: kind, title: cover.title, number: cover.number, source: cover.source,
        sourceAgency: cover.sourceAgency, region: cover.region, campaign: cover.campaign,
        classification: cover.classification, channel: channel, demandKind: demandKind,
        level: level, batch: batch, exclude: exclude, admit: admit, reason: reason, on: on))
  }
}
