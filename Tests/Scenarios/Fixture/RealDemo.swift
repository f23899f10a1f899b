import FoundationEssentials
import Glibc
import Office
import PeerSupport
import TestSupport
import Testing

/// `guantong demo` in the foreground, in a directory of its own.
struct RealDemo: Sendable {
  /// What `demo.json` says, every field of it that others may rely on.
  struct Sheet: Codable, Sendable {
    let schema: String
    let directory: String
    let agencies: [Agency]
    /// The demo itself, by which a sheet that a killed run left is told from this one's.
    let pid: Int32
  }

  /// One agency of `demo.json`.
  struct Agency: Codable, Sendable {
    let code: String
    let name: String
    let config: String
    let peerUrl: String
    let opsUrl: String
    let socket: String
    let readerUrl: String
    let pid: Int32
  }

  let directory: String
  let words: [String]
  /// Below the ports that the kernel hands out by itself, with room for both kinds of port.
  let portBase: Int

  /// Chooses the ports of a demo: those of up to 16 peers, and those for machines 1,000 further.
  static func make(at directory: String, words: [String] = []) async throws -> RealDemo {
    RealDemo(
      directory: directory, words: words,
      portBase: try await PortProbe.freeBase(count: 16, again: 1_000))
  }

  private var log: String { "\(directory).log" }

  /// What it has said so far.
  var said: String {
    FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Reads `demo.json`.
  func sheet() throws -> Sheet {
    let bytes = FileManager.default.contents(atPath: "\(directory)/demo.json") ?? Data()
    return try JSONValue(parsing: bytes).decoded()
  }

  /// Starts the demo, runs `body` when it is ready, and ends it by a signal.
  func whileReady<Result: Sendable>(
    ending signal: Int32, _ body: (Sheet) async throws -> Result
  ) async throws -> (result: Result, code: Int32, signal: Int32?) {
    return try await Program.whileRunning(
      ["demo", "--dir", directory, "--port-base", "\(portBase)"] + words, log: log
    ) { process in
      let begin = ContinuousClock.now
      try await eventually("the demo is ready", within: .seconds(600)) {
        try #require(process.isAlive, "it has ended: \(said.suffix(2_000))")
        return (try? sheet())?.pid == process.pid
      }
      print("a demo is ready after \(ContinuousClock.now - begin)")
      let read = try self.sheet()
      #expect(read.schema == "guantong.demo/v1")
      #expect(read.directory.wholeMatch(of: /[0-9a-f]{64}/) != nil)
      let result: Result
      do {
        result = try await body(read)
      } catch {
        process.send(SIGTERM)
        _ = await process.hasEnded(within: .seconds(120))
        throw error
      }
      process.send(signal)
      #expect(await process.hasEnded(within: .seconds(120)))
      return result
    }
  }

  /// Runs a command on the demo, or on one of its agencies.
  @discardableResult
  func run(_ words: String..., at agency: Agency? = nil) async throws -> Program.Run {
    let place = agency.map { ["--config", $0.config] } ?? ["--dir", directory]
    let run = try await Program.run(words: words + place)
    #expect(run.code == 0, "\(words): \(run.errors)")
    return run
  }

  /// No process of the demo is there, no cluster either, and nobody is told that one runs.
  func expectNothingLeft(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await eventually(
      "every process has ended", within: .seconds(30), sourceLocation: sourceLocation
    ) { try processes().isEmpty }
    #expect(
      !FileManager.default.fileExists(atPath: "\(directory)/demo.json"),
      sourceLocation: sourceLocation)
  }

  /// The command lines that name the directory.
  private func processes() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
      guard let pid = Int32(name), pid != getpid(),
        let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
      else { return nil }
      let line = String(decoding: bytes.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
      return line.contains(directory) ? line : nil
    }
  }
}
