import ArgumentParser
import Casework
import Office

/// `guantong result record`.
struct ResultRecord: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: Abstract.of("result.record"))

  @Argument(help: "Clue; or the dossier that a result of another kind belongs to.")
  var clue: String

  @Option(help: "Kind of the result: \(ResultKind.listed).")
  var kind: String

  @Option(help: ArgumentHelp("Date of the decision; today when absent.", valueName: "date"))
  var on: String?

  @Option(help: ArgumentHelp("The caseFiled result that it belongs to.", valueName: "id"))
  var `case`: String?

  @Option(help: "Key of the person, never a name.")
  var personKey: String?

  @OptionGroup var content: ResultOptions

  @Option(help: "Free text.")
  var note: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.recordResult,
      API.ResultRequest(
        clue: clue, kind: kind, on: on, case: `case`, measures: content.measure.map(\.measure),
        amount: content.amount, personKey: personKey, decidedBy: content.decidedBy,
        documentNumber: content.documentNumber, formOfDiscipline: content.formOfDiscipline,
        rank: content.rank, ranked: content.ranked, score: content.score, unit: content.unit,
        note: note))
  }
}
