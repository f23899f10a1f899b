import ArgumentParser
import Office

/// `guantong sealed disclose`.
struct SealedDisclose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disclose", abstract: Abstract.of("sealed.disclose"))

  @OptionGroup var place: SealedPlaceOptions

  @Option(
    help: ArgumentHelp(
      "To whom it is opened; once for each. Nobody else hears of it.", valueName: "code"))
  var to: [String]

  @Option(help: "Why; only they read it.")
  var reason: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.disclose,
      API.DiscloseRequest(id: place.id, part: place.part, to: to, reason: reason, on: on))
  }
}
