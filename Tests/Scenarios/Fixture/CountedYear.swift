import FoundationEssentials
import Office
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The figures of a year at one node, as the program counts them or an independent script does.
struct CountedYear: Equatable, Sendable {
  /// One figure, with nothing in it for a region that has nothing.
  struct Figure: Equatable, Sendable {
    let value: Int?
    let numerator: Int?
    let denominator: Int?
    let byRegion: [String: Int]
    let ofByRegion: [String: Int]
    /// The records that it counts, ascending.
    let records: [String]

    /// A rate as its two numbers; empty for a number.
    var rate: [Int] { [numerator, denominator].compactMap(\.self) }
  }

  /// By the code that people quote.
  let figures: [String: Figure]

  /// What `report figures` answers.
  init(program agency: RealDemo.Agency, _ year: Int, asOf day: String) async throws {
    let run = try await Program.run(
      words: [
        "report", "figures", "--year", "\(year)", "--as-of", day, "--json", "--config",
        agency.config,
      ])
    #expect(run.code == 0, "\(run.errors)")
    let answer = try JSONValue(parsing: run.output.utf8).decoded(as: API.Figures.self)
    #expect(answer.unreadable == 0 && answer.crowded == 0 && !answer.truncated)
    figures = Dictionary(
      uniqueKeysWithValues: answer.figures.map { figure in
        #expect(!figure.truncated, "\(figure.code)")
        return (
          figure.code,
          Figure(
            value: figure.value, numerator: figure.numerator, denominator: figure.denominator,
            byRegion: figure.byRegion.counts.filter { $0.value != 0 },
            ofByRegion: figure.ofByRegion.counts.filter { $0.value != 0 },
            records: figure.evidence.sorted())
        )
      })
  }

  /// What `Tests/Oracle/count_figures.py` counts over the socket of the node.
  init(script agency: RealDemo.Agency, _ year: Int, asOf day: String) async throws {
    let script = "\(Repository.root)/Tests/Oracle/count_figures.py"
    let run = try await Subprocess.run(
      .path("/usr/bin/python3"),
      arguments: Arguments([script, agency.socket, "\(year)", day]),
      environment: .custom(["PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"]),
      output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
    try #require(run.terminationStatus.isSuccess, "\(agency.code): \(run.standardError)")
    let answer = try JSONValue(parsing: run.standardOutput.utf8)
    #expect(answer["agency"] == .string(agency.code))
    guard case .object(let members) = answer["figures"] else {
      throw NoFigures(answer: run.standardOutput)
    }
    figures = Dictionary(
      uniqueKeysWithValues: members.map { member in
        (
          member.name,
          Figure(
            value: Self.number(member.value["value"]),
            numerator: Self.number(member.value["numerator"]),
            denominator: Self.number(member.value["denominator"]),
            byRegion: Self.numbers(member.value["by_region"]),
            ofByRegion: Self.numbers(member.value["of_by_region"]),
            records: Self.texts(member.value["records"]))
        )
      })
  }

  /// The script answered something else.
  struct NoFigures: Error {
    let answer: String
  }

  /// The figures that another count has otherwise, each with both counts.
  func differences(from other: CountedYear) -> String {
    Set(figures.keys).union(other.figures.keys).sorted()
      .filter { figures[$0] != other.figures[$0] }
      .map { code in
        let both = [figures[code], other.figures[code]].map { $0.map { "\($0)" } ?? "nothing" }
        return "\(code): \(both.joined(separator: " ↔ "))"
      }.joined(separator: "\n")
  }

  private static func number(_ value: JSONValue?) -> Int? {
    guard case .integer(let number) = value else { return nil }
    return Int(number)
  }

  private static func numbers(_ value: JSONValue?) -> [String: Int] {
    guard case .object(let members) = value else { return [:] }
    return Dictionary(uniqueKeysWithValues: members.map { ($0.name, number($0.value) ?? 0) })
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    guard case .array(let values) = value else { return [] }
    return values.compactMap(\.text)
  }
}
