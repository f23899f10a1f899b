import ArgumentParser
import Office

/// `guantong demo run`, which is `guantong demo`.
struct DemoRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: Abstract.of("demo.run"))

  @Option(
    help: ArgumentHelp(
      "Where its files are; a temporary directory when absent.", valueName: "directory"))
  var dir: String?

  @Option(help: "How many agencies: 9 or 16.")
  var nodes = 9

  @Option(help: ArgumentHelp("Peer port of the agency before the first.", valueName: "port"))
  var portBase = 8400

  @Flag(help: "Keep the files of a temporary directory.")
  var keep = false

  @Flag(help: "Play the story, check every step, and end.")
  var script = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    guard nodes == 9 || nodes == 16 else { throw OfficeError(.usage, ["detail": "demo.nodes"]) }
    guard (1_024...63_000).contains(portBase) else {
      throw OfficeError(.usage, ["detail": "demo.portBase"])
    }
    let printer = options.printer
    let demo = Demo(
      agencies: DemoAgency.all(nodes), place: try DemoPlace(given: dir, keeps: keep),
      portBase: portBase,
      printer: Printer(
        format: printer.format == .json ? .json : .table, words: printer.words,
        paint: printer.paint, isTerminal: printer.format == .json ? false : printer.isTerminal),
      isScripted: script)
    throw Ending(outcome: try await demo.run())
  }
}
