import ArgumentParser
import Office

/// `guantong demo clock`.
struct DemoClock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock", abstract: Abstract.of("demo.clock"))

  @Argument(
    help: ArgumentHelp("A date, a time in RFC 3339, or now.", valueName: "time"))
  var set: String

  @Option(help: ArgumentHelp("The demo; the last one started when absent.", valueName: "directory"))
  var dir: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let sheet = try DemoSheet.read(in: try DemoDamage.directory(dir))
    let request = API.ClockRequest(set: set == "now" ? nil : set)
    var clock: API.Clock?
    for entry in sheet.agencies where entry.pid != 0 {
      clock = try await DemoDamage.client(entry, language: options.language)
        .call(API.clock, request)
    }
    if let clock { try options.printer.show(clock) }
  }
}
