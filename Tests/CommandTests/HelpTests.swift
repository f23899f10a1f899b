import ArgumentParser
import Office
import TestSupport
import Testing

@testable import guantong

@Suite struct HelpTests {
  /// Every command by the words typed for it, joined by dots.
  private func commands(
    _ command: any ParsableCommand.Type, path: [String] = []
  ) -> [String: any ParsableCommand.Type] {
    var found = [path.isEmpty ? "guantong" : path.joined(separator: "."): command]
    for next in command.configuration.subcommands {
      let name = next.configuration.commandName ?? ""
      found.merge(commands(next, path: path + [name])) { first, _ in first }
    }
    return found
  }

  @Test func `each message of the help is about a command that says it`() throws {
    let commands = commands(Guantong.self)
    let keys = Catalogue.messages.map(\.key).filter { $0.hasPrefix("help.") }
      .map { String($0.dropFirst(5)) }.filter { !["formatting", "unknown"].contains($0) }
    #expect(keys.count >= 78)
    for key in keys {
      let command = try #require(commands[key], "no command \(key)")
      #expect(command.configuration.abstract == Abstract.of(key), "\(key)")
    }
  }

  @Test func `the help speaks the reader's language`() async throws {
    let zh = try await Program.run("help", "clue", "--lang", "zh")
    #expect(zh.code == 0)
    #expect(zh.output.contains("受理线索。"))
    let en = try await Program.run("clue", "--help", environment: ["GUANTONG_LANG": "en"])
    #expect(en.output.contains("Accept a clue."))
    #expect(!en.output.contains("受理线索"))
  }
}
