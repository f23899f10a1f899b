import ArgumentParser
import Office

/// `guantong statement countersign`.
struct StatementCountersign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "countersign", abstract: Abstract.of("statement.countersign"),
    discussion: "Ends with 2, and signs nothing, where this node computes something else.")

  @Argument(help: "Id or number of the document, or its dossier.")
  var statement: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.countersignStatement,
      API.CountersignStatementRequest(statement: statement, on: act.on, note: act.note))
  }
}
