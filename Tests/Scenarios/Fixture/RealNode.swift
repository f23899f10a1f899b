import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Office
import PeerSupport
import Postgres
import Replica
import Subprocess
import TestSupport
import Testing

/// A node as an operator has one: made by `init`, run by `node run`, asked by the other commands.
struct RealNode: Sendable {
  let code: String
  let directory: String
  let peerPort: Int
  let opsPort: Int

  /// The person that every node here has, with all the roles that the scenarios need.
  static let clerk = "clerk"

  var config: String { "\(directory)/guantong.yaml" }
  var log: String { "\(directory)/log/node.log" }
  var socket: String { "\(directory)/run/guantong.sock" }
  var marker: String { "\(directory)/marker" }

  /// Makes the files of a node below `parent` with two free ports.
  static func make(
    _ code: String, in parent: String, registrar: Bool = false, words: [String] = []
  ) async throws -> RealNode {
    let node = RealNode(
      code: code, directory: "\(parent)/\(code)", peerPort: try await PortProbe.free(),
      opsPort: try await PortProbe.free())
    let made = try await Program.run(
      words: [
        "init", "--dir", node.directory, "--agency", code, "--sample",
        "--peer-listen", "127.0.0.1:\(node.peerPort)", "--ops-listen",
        "127.0.0.1:\(node.opsPort)", "--person",
        "name=\(clerk);roles=handler,deputy,registry",
      ] + profile(code) + (registrar ? ["--registrar"] : []) + words)
    try #require(made.code == 0, "\(made.errors)")
    return node
  }

  /// The profile of a sample agency, for `init` and for invitations.
  static func profile(_ code: String) -> [String] {
    ["--name", "sample agency \(code)", "--short-name", code, "--level", "city", "--kind", "unit"]
  }

  /// Runs one command on the node.
  @discardableResult
  func run(
    _ words: String..., as person: String? = nil, expecting code: Int32? = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Program.Run {
    let acting = person.map { ["--as", $0] } ?? []
    let run = try await Program.run(words: words + acting + ["--config", config])
    if let code {
      #expect(
        run.code == code, "\(words): \(run.output)\(run.errors)", sourceLocation: sourceLocation)
    }
    return run
  }

  /// Runs the node while `body` runs, which begins when the node answers.
  ///
  /// Afterwards the node must end in good order.
  @discardableResult
  func whileRunning<Result: Sendable>(
    environment: [String: String] = [:], log: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (Program.Running) async throws -> Result
  ) async throws -> Result {
    let words = ["node", "run", "--stop-with-input", "--config", config]
    let run = try await Program.whileRunning(
      words, environment: environment, log: log ?? self.log
    ) { process in
      try await untilAnswers(process)
      return try await body(process)
    }
    #expect(
      run.code == 0 && run.signal == nil, "\(code) ended with \(run.code), \(run.signal ?? 0)",
      sourceLocation: sourceLocation)
    return run.result
  }

  /// The status of a page of the node's health server.
  func health(_ page: String) async throws -> UInt {
    let request = HTTPClientRequest(url: "http://127.0.0.1:\(opsPort)/\(page)")
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    _ = try await response.body.collect(upTo: 1 << 16)
    return response.status.code
  }

  /// Waits until the node answers a command; its own words are told when it ends instead.
  func untilAnswers(_ process: Program.Running) async throws {
    try await eventually("\(code) answers", within: .seconds(120)) {
      try #require(process.isAlive, "\(code) has ended: \(process.said.suffix(2_000))")
      return try await run("status", "--json", expecting: nil).code == 0
    }
  }

  /// The database, as the role that owns the tables.
  var owner: ConnectionConfiguration {
    ConnectionConfiguration(
      socketDirectory: "\(directory)/run/pg", user: "guantong_owner", database: "guantong")
  }

  /// Runs statements behind the node's back, with triggers and foreign keys off.
  ///
  /// - Returns: what the last of them printed.
  @discardableResult
  func superuser(_ statements: String) async throws -> String {
    let account = try await ClusterAccount.forThisProcess()
    let run = try await Subprocess.run(
      account.launch(
        "psql",
        [
          "-XAtq", "-h", "\(directory)/run/pg", "-U", "postgres", "-d", "guantong", "-c",
          "SET session_replication_role = replica", "-c", statements,
        ]), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    try #require(run.terminationStatus.isSuccess, "\(run.standardError)")
    return run.standardOutput.split(separator: "\n").joined(separator: "\n")
  }

  /// Lets `newcomer`, which runs, enter the directory of this node, which is the registrar's.
  func admit(_ newcomer: RealNode) async throws {
    let invitation = try await Program.run(
      words: ["agency", "invite", newcomer.code, "--json", "--config", config]
        + Self.profile(newcomer.code))
    let join = try await newcomer.run(
      "join", "--invite", try invitation.text("invite"), "--json")
    let fingerprint = try join.text("fingerprint")
    try await eventually("the request to join arrives") {
      try await run("agency", "pending", "--json").list("applications").contains {
        $0["fingerprint"] == .string(fingerprint)
      }
    }
    try await run("agency", "add", newcomer.code, "--fingerprint", fingerprint, "--json")
    try await eventually("the newcomer is admitted") {
      try await newcomer.run("agency", "list", "--json").list("agencies").count > 1
    }
  }
}

extension Program.Run {
  /// The output as JSON.
  var json: JSONValue { (try? JSONValue(parsing: output.utf8)) ?? .null }

  /// The problem that was told on standard error under `--json`.
  var problem: API.Problem? {
    try? JSONValue(parsing: errors.utf8.filter { $0 != 0x0A }).decoded(as: API.Problem.self)
  }

  /// A field of the JSON, its names joined by dots.
  func text(_ path: String) throws -> String {
    var value: JSONValue? = json
    for name in path.split(separator: ".") { value = value?[String(name)] }
    return try #require(value?.text, "no \(path) in \(output)\(errors)")
  }

  /// A list of the JSON.
  func list(_ name: String) -> [JSONValue] {
    guard case .array(let values) = json[name] else { return [] }
    return values
  }
}

/// Looks again and again until `condition` holds; a condition that never does fails the test.
func eventually(
  _ what: String, within limit: Duration = .seconds(60),
  sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while try await !condition() {
    try #require(
      ContinuousClock.now < end, "not within \(limit): \(what)", sourceLocation: sourceLocation)
    try await Task.sleep(for: .milliseconds(50))
  }
}
