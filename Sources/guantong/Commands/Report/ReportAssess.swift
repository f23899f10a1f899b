import ArgumentParser
import Office

/// `guantong report assess`.
struct ReportAssess: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess", abstract: Abstract.of("report.assess"),
    discussion: """
      The draft has a line for each rule that an item of the unit breaks; it is changed, \
      submitted, signed and issued like any other, and addressed to the unit alone, which confirms \
      or disputes it by dossier advance. Cases make a paper of their own that the unit does not get.
      """)

  @Option(help: ArgumentHelp("The unit that points are taken off.", valueName: "code"))
  var unit: String

  @Option(
    help: ArgumentHelp(
      "The last day that is known of, or now; today when absent.", valueName: "date"))
  var asOf: String?

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp(
      "A clue, or a result of one, that the unit is held accountable for; once for each.",
      valueName: "id"))
  var cases: [String] = []

  @Option(help: ArgumentHelp("Who gets a copy; once for each.", valueName: "code"))
  var cc: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.assess, API.AssessRequest(unit: unit, asOf: asOf, cases: cases, cc: cc))
  }
}
