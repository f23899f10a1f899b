import ArgumentParser
import Foundation

/// Measures the work items and prints one sheet.
@main
struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks/run",
    abstract: "Measures guantong beside its peers, on private clusters, in turn.")

  @Argument(help: "Work items W1 to W11, or all, in which W10 has a tenth of its years.")
  var work: [String] = ["all"]

  @Flag(help: "Print one JSON object instead of a table.")
  var json = false

  @Option(help: "How many times each side runs after its warm-up.")
  var pairs = 3

  @Option(help: "The part of the full size; 1 is what the goals are for.")
  var scale = 1.0

  @Option(help: "Where to work; what was prepared there is used again. Temporary when absent.")
  var dir: String?

  @Option(help: "Where to write W8 as a plot, an SVG.")
  var plot: String?

  @Option(help: "The first of the ports of the nodes.")
  var portBase = 18_400

  @Option(help: .hidden)
  var program: String

  func validate() throws {
    guard (1...100).contains(pairs) else { throw ValidationError("--pairs is 1 to 100") }
    guard scale > 0, scale <= 10 else { throw ValidationError("--scale is above 0, at most 10") }
    guard (1_024...63_000).contains(portBase) else {
      throw ValidationError("--port-base is 1024 to 63000")
    }
    let items = try items()
    guard plot == nil || items.contains(.w8) else {
      throw ValidationError("--plot draws W8, which is not among the work items")
    }
  }

  private var isEverything: Bool { work == ["all"] }

  private func items() throws -> [WorkItem] {
    if isEverything { return WorkItem.allCases }
    return try work.map { word in
      guard let item = WorkItem(rawValue: word.uppercased()) else {
        throw ValidationError("\(word) is none of W1 to W11, all")
      }
      return item
    }
  }

  func run() throws {
    let place = dir ?? NSTemporaryDirectory() + "guantong-bench-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o711])
    defer { if dir == nil { try? FileManager.default.removeItem(atPath: place) } }
    let bench = Bench(
      program: program, directory: URL(fileURLWithPath: place).standardizedFileURL.path,
      portBase: portBase, scale: scale, pairs: pairs, isEverything: isEverything)
    var results: [WorkResult] = []
    for item in try items() { results += try item.run(bench) }
    let sheet = try Sheet(results, of: program, scale: scale)
    print(json ? try sheet.json() : sheet.markdown())
    // After the sheet: a file that cannot be written takes no figures with it.
    if let plot {
      try Data(GrowthPlot(sheet.work, caption: sheet.origin).svg().utf8)
        .write(to: URL(fileURLWithPath: plot))
    }
    if results.contains(where: { !$0.met }) { throw ExitCode(2) }
  }
}

/// The work items.
enum WorkItem: String, CaseIterable {
  case w1 = "W1"
  case w2 = "W2"
  case w3 = "W3"
  case w4 = "W4"
  case w5 = "W5"
  case w6 = "W6"
  case w7 = "W7"
  case w8 = "W8"
  case w9 = "W9"
  case w10 = "W10"
  case w11 = "W11"

  /// Measures it.
  func run(_ bench: Bench) throws -> [WorkResult] {
    switch self {
    case .w1: try CatchUp(bench: bench).run()
    case .w2: try Latency(bench: bench).run()
    case .w3: try LiveRate(bench: bench).run()
    case .w4: try Comparison(bench: bench).proveEqual()
    case .w5: try Comparison(bench: bench).repairOne()
    case .w6: try SelfCheck(bench: bench).run()
    case .w7: try Memory(bench: bench).run()
    case .w8: try Growth(bench: bench).run()
    case .w9: try YearPlayed(bench: bench).run()
    case .w10: try Answers(bench: bench).run()
    case .w11: try Healing(bench: bench).run()
    }
  }
}
