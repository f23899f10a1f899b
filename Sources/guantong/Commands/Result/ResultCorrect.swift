import ArgumentParser
import Office

/// `guantong result correct`.
struct ResultCorrect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: Abstract.of("result.correct"))

  @Argument(help: "The result, by any of its versions.")
  var result: String

  @Option(help: "Why.")
  var text: String

  @Option(help: ArgumentHelp("Date of the decision.", valueName: "date"))
  var on: String?

  @Option(help: "A measure: class=value, as party=warning; those of before when absent.")
  var measure: [MeasureWord] = []

  @Option(help: "Amount in fen.")
  var amount: Int?

  @Option(help: "Body that decided.")
  var decidedBy: String?

  @Option(help: "Number of the decision.")
  var documentNumber: String?

  @Option(help: "1 to 4.")
  var formOfDiscipline: Int?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.correctResult,
      API.CorrectResultRequest(
        result: result, text: text, on: on, measures: measure.map(\.measure), amount: amount,
        decidedBy: decidedBy, documentNumber: documentNumber,
        formOfDiscipline: formOfDiscipline))
  }
}
