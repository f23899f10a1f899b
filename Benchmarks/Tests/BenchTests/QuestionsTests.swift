import Foundation
import Testing

@testable import Bench

@Suite struct QuestionsTests {
  /// The routes that the description of the office API reads with, below its root.
  private func described() throws -> Set<String> {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Schema/openapi/office.yaml").standardizedFileURL
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    var routes: Set<String> = []
    var route: String?
    for line in lines {
      if line.hasPrefix("  \(Questions.root)") {
        route = String(line.dropFirst(2 + Questions.root.count).prefix { $0 != ":" })
      } else if line == "    get:", let route {
        routes.insert(route)
      }
    }
    return routes
  }

  @Test func `every list, card and figure of the API is asked for`() throws {
    let asked =
      Questions.lists.map(\.0) + Questions.whole.map(\.0) + Questions.cards.map(\.route)
      + ["report/evidence"]
    let known = try described()
    #expect(!known.isEmpty)
    #expect(Set(asked).isDisjoint(with: Questions.others))
    #expect(Set(asked).union(Questions.others) == known)
  }

  @Test func `a question goes through all that it can be asked about`() {
    let question = Questions.Question(name: "dossiers", paths: (0..<100).map(String.init))
    #expect(Set((0..<100).map(question.path)).count == 100)
    #expect(question.path(1) != "1")
    let one = Questions.Question(name: "version", paths: ["version"])
    #expect(one.path(12) == "version")
  }
}
