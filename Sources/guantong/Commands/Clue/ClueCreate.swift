import ArgumentParser
import Office

/// `guantong clue create`.
struct ClueCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: Abstract.of("clue.create"))

  @OptionGroup var cover: CoverOptions

  @Option(help: ArgumentHelp("An agency to exclude from the start.", valueName: "code"))
  var exclude: [String] = []

  @Option(help: "Why they are excluded.")
  var reason: String?

  @OptionGroup var seal: SealOptions

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.createClue,
      API.CreateClueRequest(
        title: cover.title, number: cover.number, source: cover.source,
        sourceAgency: cover.sourceAgency, region: cover.region, campaign: cover.campaign,
        classification: cover.classification, exclude: exclude, reason: reason,
        informant: seal.sheets.first, on: on))
  }
}
