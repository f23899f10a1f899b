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

  @OptionGroup var content: ResultOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.correctResult,
      API.CorrectResultRequest(
        result: result, text: text, on: on, measures: content.measure.map(\.measure),
        amount: content.amount, decidedBy: content.decidedBy,
        documentNumber: content.documentNumber, formOfDiscipline: content.formOfDiscipline,
        rank: content.rank, ranked: content.ranked, score: content.score, unit: content.unit))
  }
}
