import FoundationEssentials
import Office
import TestSupport
import Testing

@testable import guantong

/// Answers of a node that people take into a spreadsheet.
@Suite(.timeLimit(.minutes(1))) struct SheetTests {
  @Test func `lists of courses and deadlines and a statement begin with the mark as sheets`()
    async throws
  {
    let courses = try JSONValue(encoding: API.CourseList()).encoded()
    let deadlines = try JSONValue(encoding: API.DeadlineList(on: "2023-10-10")).encoded()
    let statement = try JSONValue(
      encoding: API.Statement(
        agency: "420300-FZB", peer: "420300-JW", period: "2023Q1", firstDay: "2023-01-01",
        lastDay: "2023-03-31", outcome: "open", digest: "00")
    ).encoded()
    try await Scratch.withDirectory { directory in
      let made = try await Program.run(
        "init", "--dir", "\(directory)/n", "--agency", "420300-FZB", "--registrar")
      try #require(made.code == 0)
      let config = "\(directory)/n/guantong.yaml"
      let socket = try Settings.find(flag: config, environment: [:]).files.officeSocket
      let statementWords = ["report", "statement", "--peer", "420300-JW", "--period", "2023Q1"]
      for (words, answer) in [
        (["course", "list"], courses), (["deadline", "list"], deadlines),
        (statementWords, statement),
      ] {
        // Nobody listens there any more; the place of the one before is still taken.
        try? FileManager.default.removeItem(atPath: socket)
        let node = try ScriptedNode(
          at: socket, [ScriptedNode.answer(String(decoding: answer, as: UTF8.self))])
        let run = try await Program.run(words: words + ["--format", "csv", "--config", config])
        #expect(run.code == 0 && run.output.hasPrefix("\u{FEFF}"), "\(words) \(run.errors)")
        #expect(node.requests.count == 1)
      }
    }
  }
}
