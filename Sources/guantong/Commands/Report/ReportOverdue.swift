import ArgumentParser
import Office

/// `guantong report overdue`.
struct ReportOverdue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overdue", abstract: Abstract.of("report.overdue"))

  @OptionGroup var asked: OverdueOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try options.printer.sheet(try await options.call(API.overdue, asked.request))
  }
}
