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

  @Option(
    help: ArgumentHelp(
      "A plan of a sample year to load; with 16 agencies one comes with the program.",
      valueName: "file"))
  var plan: String?

  @Option(help: "Where the random numbers of the sample year begin.")
  var seed: UInt64?

  @Option(help: "How often everything in the sample year happens, at most 100.")
  var scale: Int?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    guard nodes == 9 || nodes == 16 else { throw OfficeError(.usage, ["detail": "demo.nodes"]) }
    guard (1_024...63_000).contains(portBase) else {
      throw OfficeError(.usage, ["detail": "demo.portBase"])
    }
    let printer = options.printer
    let agencies = DemoAgency.all(nodes)
    // A plan that is wrong is refused before anything is made.
    let year = try year(among: agencies.map(\.code))
    let demo = Demo(
      agencies: agencies, place: try DemoPlace(given: dir, keeps: keep),
      portBase: portBase,
      printer: Printer(
        format: printer.format == .json ? .json : .table, words: printer.words,
        paint: printer.paint, isTerminal: printer.format == .json ? false : printer.isTerminal),
      isScripted: script, year: year)
    throw Ending(outcome: try await demo.run())
  }

  /// The year to load: the one asked for, or with 16 agencies the one of the program.
  private func year(among agencies: [String]) throws -> SampleYear? {
    if script {
      guard plan == nil, seed == nil, scale == nil else {
        throw OfficeError(.usage, ["detail": "demo.yearScript"])
      }
      return nil
    }
    guard plan != nil || nodes == 16 else {
      guard seed == nil, scale == nil else {
        throw OfficeError(.usage, ["detail": "demo.yearOptions"])
      }
      return nil
    }
    guard (1...Timeline.scaleMax).contains(scale ?? 1) else {
      throw OfficeError(
        .usage, ["detail": "demo.yearScale", "limit": "\(Timeline.scaleMax)"])
    }
    return try SampleYear(
      path: plan.map { AbsolutePath.of($0) }, seed: seed ?? 1, scale: scale ?? 1,
      agencies: agencies)
  }
}
