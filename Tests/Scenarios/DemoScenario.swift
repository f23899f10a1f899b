import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix
import Office
import Postgres
import Subprocess
import TestSupport
import Testing

/// The demo as somebody uses it: started, broken, stopped, killed, and started again.
@Suite(.timeLimit(.minutes(15)), .serialized) struct DemoScenario {

  @Test func `a demo moves from a busy port, ends at a signal, and goes on in its directory`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let demo = try await RealDemo.make(at: "\(directory)/demo")
      let busy = demo.portBase + 3
      let holder = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(host: "127.0.0.1", port: busy).get()
      let made = try await demo.whileReady(ending: SIGTERM) { sheet in
        #expect(sheet.agencies.count == 9)
        #expect(sheet.agencies[0].peerUrl == "https://127.0.0.1:\(demo.portBase + 1)")
        #expect(sheet.agencies[0].opsUrl == "http://127.0.0.1:\(demo.portBase + 1_001)")
        #expect(sheet.agencies[2].peerUrl != "https://127.0.0.1:\(busy)")
        try await reads(sheet)
        try await repeats(demo)
        // A second one in its directory is refused, and the first goes on.
        let again = try await Program.run("demo", "--dir", demo.directory)
        #expect(again.code == 9 && again.errors.contains("GT-8005"), "\(again.errors)")
        try await demo.run("demo", "break", "420300-FY", "--kind", "kill")
        try await demo.run("demo", "heal", "420300-FY")
        let healed = try demo.sheet()
        #expect(healed.agencies[2].pid != sheet.agencies[2].pid)
        return try await write(demo, at: healed.agencies[2], title: "the first")
      }
      try await holder.close().get()
      #expect(made.code == 130, "\(demo.said)")
      try await demo.expectNothingLeft()
      // It goes on from there, and this time its own process is killed.
      let second = try await demo.whileReady(ending: SIGKILL) { sheet in
        let shown = try await demo.run("dossier", "show", made.result, at: sheet.agencies[2])
        #expect(shown.output.contains("the first"))
        return try await write(demo, at: sheet.agencies[2], title: "the second")
      }
      #expect(second.signal == SIGKILL)
      let third = try await demo.whileReady(ending: SIGINT) { sheet in
        for (dossier, title) in [(made.result, "the first"), (second.result, "the second")] {
          let shown = try await demo.run("dossier", "show", dossier, at: sheet.agencies[2])
          #expect(shown.output.contains(title))
        }
        return sheet.agencies[0].peerUrl
      }
      #expect(third.code == 130)
      try await demo.expectNothingLeft()
    }
  }

  @Test(.enabled(if: LongRuns.areOn, "sixteen clusters: in the long run"))
  func `a demo of sixteen agencies becomes ready and ends`() async throws {
    try await Scratch.withDirectory { directory in
      let demo = try await RealDemo.make(
        at: "\(directory)/demo", words: ["--nodes", "16"])
      let run = try await demo.whileReady(ending: SIGTERM) { sheet in
        Set(sheet.agencies.map(\.code)).count
      }
      #expect(run.result == 16)
      #expect(run.code == 130)
      try await demo.expectNothingLeft()
    }
  }

  /// A command that it prints runs in a shell that knows nothing of the build, after the line that
  /// is printed before it.
  private func repeats(_ demo: RealDemo) async throws {
    func line(_ beginning: String) -> String? {
      demo.said.split(separator: "\n").first { $0.hasPrefix("  \(beginning)") }.map(String.init)
    }
    try await eventually("it says what to try") { line("guantong status") != nil }
    let lines = try [#require(line("export PATH=")), #require(line("guantong status"))]
    let run = try await Subprocess.run(
      .name("bash"), arguments: ["-c", lines.joined(separator: "\n")],
      environment: .custom(["PATH": "/usr/bin:/bin", "GUANTONG_LANG": "en"]),
      output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
    #expect(run.terminationStatus.isSuccess, "\(lines): \(run.standardError)")
    #expect(run.standardOutput.contains("420300-FZB"))
  }

  /// The URL of the sheet reads `casework`, writes nothing, and does not reach sealed tables.
  private func reads(_ sheet: RealDemo.Sheet) async throws {
    let connection = Connection(try ConnectionConfiguration(parsing: sheet.agencies[1].readerUrl))
    let count = try await connection.transaction { transaction in
      try transaction.value("SELECT count(*) FROM casework.agency", as: Int.self)
    }
    #expect(count == 9)
    for statement: SQL in [
      "DELETE FROM casework.agency", "SELECT * FROM casework.sealed_document",
      "SELECT * FROM ledger.part", "CREATE TABLE casework.mine (id int)",
    ] {
      let refused = await #expect(throws: PostgresError.self) {
        try await connection.statement(statement)
      }
      #expect(refused?.code == .refused)
    }
    await connection.close()
  }

  /// Writes at once after the demo said that it is ready: its nodes may all seal by then.
  private func write(
    _ demo: RealDemo, at agency: RealDemo.Agency, title: String
  ) async throws -> String {
    try await demo.run(
      "dossier", "create", "--kind", "advice", "--title", title, "--as", "经办人甲", "--json",
      at: agency
    ).text("dossier")
  }
}
