import FoundationEssentials
import TestSupport
import Testing

/// How the demo is asked for a year, and what it refuses before it makes anything.
@Suite struct YearOptionTests {
  @Test(arguments: [
    (["--seed", "3"], "--nodes 16"), (["--scale", "2"], "--nodes 16"),
    (["--nodes", "16", "--scale", "0"], "1 to 100"),
    (["--nodes", "16", "--scale", "101"], "1 to 100"),
    (["--script", "--scale", "2"], "--script"), (["--script", "--plan", "p"], "--script"),
  ])
  func `options of a year that do not fit are a wrong command line`(
    _ words: [String], _ said: String
  ) async throws {
    let run = try await Program.run(words: ["demo", "--lang", "en"] + words)
    #expect(run.code == 64)
    #expect(run.errors.contains(said), "\(run.errors)")
  }

  @Test func `a wrong plan is refused with its line before anything is made`() async throws {
    try await Scratch.withDirectory { directory in
      let plan = "\(directory)/plan.yaml"
      let text = SmallPlan.text.replacing("forwarded: 1", with: "forwards: 1")
      try text.write(toFile: plan, atomically: true, encoding: .utf8)
      let place = "\(directory)/demo"
      let wrong = try await Program.run(
        "demo", "--lang", "en", "--dir", place, "--plan", plan)
      #expect(wrong.code == 78)
      #expect(wrong.errors.contains("plan.yaml:12"), "\(wrong.errors)")
      #expect(wrong.errors.contains("“forwarded”"), "\(wrong.errors)")
      let missing = try await Program.run(
        "demo", "--lang", "en", "--dir", place, "--plan", "\(directory)/none.yaml")
      #expect(missing.code == 1 && missing.errors.contains("none.yaml"), "\(missing.errors)")
      #expect(!FileManager.default.fileExists(atPath: place))
    }
  }
}
