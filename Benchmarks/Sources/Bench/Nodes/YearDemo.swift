import Foundation

/// A demo of sixteen agencies with the sample year that comes with the program.
final class YearDemo {
  /// Where its files are; the same directory again goes on where it was.
  let directory: String
  private let program: String
  private let portBase: Int
  private let scale: Int
  private var process: Process?

  /// The calendar year of the plan.
  static let year = 2023
  /// The day on which everybody looks at it.
  static let today = "2024-04-01"

  /// What the demo writes down once the year is whole.
  struct Mark: Decodable {
    let steps: Int
    let changeSets: Int
    /// From the first step to everybody having everything.
    let seconds: Double
  }

  init(in directory: String, program: String, portBase: Int, scale: Int) {
    (self.directory, self.program) = (directory, program)
    (self.portBase, self.scale) = (portBase, scale)
  }

  /// What was written down of a year that is whole; nil before.
  var mark: Mark? {
    FileManager.default.contents(atPath: "\(directory)/year.json")
      .flatMap { try? OfficeConnection.decode(Mark.self, $0) }
  }

  /// Starts it and waits until the year is whole; all of it runs afterwards.
  ///
  /// - Throws: ``BenchError`` when it ends before, or takes longer.
  func load(seconds: Int) throws -> Mark {
    let log = "\(directory).log"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    guard let output = FileHandle(forWritingAtPath: log) else {
      throw BenchError("\(log) cannot be written")
    }
    // It ends with this process, however this one ends.
    let process = Program.process(
      [
        "setpriv", "--pdeathsig", "TERM", "--", program, "demo", "--nodes", "16", "--dir",
        directory, "--port-base", "\(portBase)", "--scale", "\(scale)",
      ])
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    self.process = process
    var known: Mark?
    try Program.wait("the year is whole; see \(log)", seconds: seconds, every: .seconds(1)) {
      guard process.isRunning else { throw BenchError("the demo has ended; see \(log)") }
      known = mark
      return known != nil
    }
    guard let known else { throw BenchError("\(directory)/year.json cannot be read") }
    return known
  }

  /// Stops all of it in good order.
  func stop() {
    if let process, process.isRunning { process.terminate() }
    process?.waitUntilExit()
    process = nil
  }

  /// The node of one of its agencies, to be run alone once the demo has stopped.
  func node(_ code: String) -> AgencyNode {
    AgencyNode(code, in: "\(directory)/\(code)", program: program, ports: (0, 0))
  }

  /// The numbers that one of its agencies counts of the year, by their codes.
  func figures(at code: String) throws -> [String: Int] {
    let words = ["report", "figures", "--year", "\(Self.year)"]
    let counted = try node(code).command(words, for: Counted.self).figures
    return Dictionary(uniqueKeysWithValues: counted.map { ($0.code, $0.value ?? 0) })
  }

  private struct Counted: Decodable {
    struct Figure: Decodable {
      let code: String
      let value: Int?
    }

    let figures: [Figure]
  }
}
