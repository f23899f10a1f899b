import ArgumentParser
import Office

/// `guantong demo heal`.
struct DemoHeal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heal",
    abstract: Abstract.of("demo.heal"))

  @Argument(help: ArgumentHelp("The agency.", valueName: "code"))
  var agency: String

  @Option(help: ArgumentHelp("The demo; the last one started when absent.", valueName: "directory"))
  var dir: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let damage = try DemoDamage(directory: dir, agency: agency)
    let report = try await damage.heal(language: options.language)
    try options.printer.show(report)
    guard report.consistent else { throw Ending(outcome: .partly) }
  }
}
