import ArgumentParser
import Office

extension DemoDamage.Kind: ExpressibleByArgument {}

/// `guantong demo break`.
struct DemoBreak: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "break", abstract: Abstract.of("demo.break"))

  @Argument(help: ArgumentHelp("The agency.", valueName: "code"))
  var agency: String

  @Option(
    help: """
      cut the line, row edits a casework row as superuser, log deletes a received change set as \
      superuser, kill ends the process with signal 9.
      """)
  var kind: DemoDamage.Kind

  @Option(help: ArgumentHelp("The demo; the last one started when absent.", valueName: "directory"))
  var dir: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let damage = try DemoDamage(directory: dir, agency: agency)
    let done = try await damage.inflict(kind)
    try options.printer.show(done)
  }
}
