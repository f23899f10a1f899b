import ArgumentParser
import Foundation

/// Measures what grows with the number of agencies, and prints one table.
@main
struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks/growth",
    abstract: "Measures what an exchange costs among so many agencies, over stores in memory.")

  @Argument(help: "How many agencies there are, once for each column.")
  var sizes = [10, 100, 300, 1_000, 3_000]

  @Flag(help: "Print one JSON object instead of a table.")
  var json = false

  func validate() throws {
    guard !sizes.isEmpty, sizes.allSatisfy((10...10_000).contains) else {
      throw ValidationError("there are 10 to 10,000 agencies")
    }
  }

  func run() throws {
    let table = GrowthTable(columns: try sizes.sorted().map(column))
    print(json ? try table.json() : table.markdown())
  }

  /// Each size in a process of its own, so that none has what another has freed.
  private func column(of size: Int) throws -> Column {
    guard sizes.count > 1 else {
      var province = try Province(of: size)
      return Column(size: size, measures: try province.measures())
    }
    let child = Process()
    child.executableURL = Bundle.main.executableURL
    child.arguments = ["\(size)", "--json"]
    let output = Pipe()
    child.standardOutput = output
    try child.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    child.waitUntilExit()
    guard child.terminationStatus == 0,
      let column = try JSONDecoder().decode(GrowthTable.self, from: bytes).columns.first
    else { throw GrowthError(description: "\(size) agencies could not be measured") }
    FileHandle.standardError.write(Data("── \(size) agencies\n".utf8))
    return column
  }
}
