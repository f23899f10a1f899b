import FoundationEssentials
import TestSupport
import Testing

/// The edge cases of the casework, held against the tests that play them.
@Suite struct `the edges of the casework` {
  /// The names of the tests of the office whose city is delivered in every order at their end.
  private static let played: [String] = {
    let folder = "Tests/OfficeTests"
    let paths =
      (try? FileManager.default.subpathsOfDirectory(atPath: "\(Repository.root)/\(folder)"))
    let files = (paths ?? []).filter { $0.hasSuffix("Tests.swift") }.sorted()
    return files.flatMap { file -> [String] in
      let text = Repository.text("\(folder)/\(file)") ?? ""
      let tests = text.split(separator: "func `").dropFirst()
      return tests.filter { $0.contains("inEveryOrder: true") }
        .compactMap { $0.split(separator: "`").first.map(String.init) }
    }
  }()

  @Test(arguments: 1...34)
  func `scenario S19 each ends as described on every node, whatever comes first`(_ number: Int) {
    let edge = "edge E\(number < 10 ? "0" : "")\(number)"
    #expect(Self.played.contains { $0.hasPrefix(edge) }, "\(edge) is not played by an office")
  }
}
