import ArgumentParser
import Office

/// `guantong report statement`.
struct ReportStatement: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement", abstract: Abstract.of("report.statement"),
    discussion: """
      Counts what the two agencies referred to each other in the period, as on its last day, and \
      compares it with the statements that either issued. Ends with 2 where one of those says \
      otherwise.
      """)

  @OptionGroup var subject: StatementOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let answer = try await options.call(
      API.statement, API.StatementRequest(peer: subject.peer, period: subject.period))
    try options.printer.sheet(answer)
    if answer.outcome == "differs" { throw Ending(outcome: .differences) }
  }
}
