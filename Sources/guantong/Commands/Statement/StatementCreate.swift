import ArgumentParser
import Office

/// `guantong statement create`.
struct StatementCreate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: Abstract.of("statement.create"),
    discussion: "The draft goes the way of every document: submit, review, sign, issue.")

  @OptionGroup var subject: StatementOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.createStatement,
      API.CreateStatementRequest(peer: subject.peer, period: subject.period))
  }
}
