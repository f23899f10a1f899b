import ArgumentParser
import Office

/// `guantong report deductions`.
struct ReportDeductions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deductions", abstract: Abstract.of("report.deductions"))

  @OptionGroup var asked: OverdueOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try options.printer.sheet(try await options.call(API.deductions, asked.request))
  }
}
