import FoundationEssentials
import Glibc
import Replica
import Subprocess
import TestSupport
import Testing

extension RealNode {
  /// The server of the node's cluster; nil when none has said that it runs.
  var postmaster: Int32? {
    FileManager.default.contents(atPath: "\(directory)/data/postmaster.pid")
      .map { String(decoding: $0, as: UTF8.self) }?
      .split(separator: "\n").first.flatMap { Int32($0) }
  }

  /// The process of the node; nil when none runs.
  var process: Int32? {
    postmaster.flatMap { Kernel.field("PPid", of: $0) }.flatMap { Int32($0) }
  }

  /// Runs the node while `body` runs, which kills it; its cluster may stay, and is stopped when
  /// `body` fails.
  func untilKilled(_ body: (Program.Running) async throws -> Void) async throws {
    do {
      let words = ["node", "run", "--stop-with-input", "--config", config]
      let run = try await Program.whileRunning(words, log: log) { process in
        try await untilAnswers(process)
        try await body(process)
      }
      #expect(run.signal == SIGKILL, "\(code) ended with \(run.code)")
    } catch {
      let account = try await ClusterAccount.forThisProcess()
      let programs = try await PostgresPrograms.find()
      _ = try? await Subprocess.run(
        account.launch(
          programs.path("pg_ctl"), ["stop", "-D", "\(directory)/data", "-m", "immediate"]),
        output: .discarded, error: .discarded)
      throw error
    }
  }
}

extension Kernel {
  /// The children of a process whose titles contain a word.
  static func children(of parent: Int32, saying word: String) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { pid in
      guard field("PPid", of: pid) == "\(parent)",
        let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
      else { return false }
      return String(decoding: line, as: UTF8.self).contains(word)
    }
  }
}
