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

  @Option(help: "A measure: class=value, as party=warning.")
  var measure: [MeasureWord] = []

  @Option(help: "Amount in fen.")
  var amount: Int?

  @Option(help: "Key of the person, never a name.")
  var personKey: String?

  @Option(help: "Body that decided.")
  var decidedBy: String?

  @Option(help: "Number of the decision.")
  var documentNumber: String?

  @Option(help: "1 to 4.")
  var formOfDiscipline: Int?

  @Option(help: "Free text.")
  var note: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.recordResult,
      API.ResultRequest(
        clue: clue, kind: kind, on: on, case: `case`, measures: measure.map(\.measure),
        amount: amount, personKey: personKey, decidedBy: decidedBy,
        documentNumber: documentNumber, formOfDiscipline: formOfDiscipline, note: note))
  }
}
