import Foundation

/// One node of a measurement: its files, its process and what its operator would type.
final class AgencyNode {
  /// The code of its agency.
  let code: String
  /// Where its files are.
  let directory: String
  private let program: String
  private let ports: (peer: Int, ops: Int)
  /// The port that peers dial, where that is not its own.
  private let dialled: Int?
  private var process: Process?
  private var input: FileHandle?

  /// Who drafts, who signs and who issues, in the order of a letter.
  static let people = [
    (name: "drafter", roles: "handler,deputy"), (name: "signer", roles: "deputy"),
    (name: "issuer", roles: "registry"),
  ]

  init(
    _ code: String, in directory: String, program: String, ports: (peer: Int, ops: Int),
    dialled: Int? = nil
  ) {
    self.dialled = dialled
    self.code = code
    self.directory = directory
    self.program = program
    self.ports = ports
  }

  var config: String { "\(directory)/guantong.yaml" }
  var socket: String { "\(directory)/run/guantong.sock" }

  /// The profile of a sample agency, for `init` and for invitations.
  var profile: [String] {
    ["--name", "sample agency \(code)", "--short-name", code, "--level", "city", "--kind", "unit"]
  }

  /// Makes its files.
  func make(_ database: Cluster, isRegistrar: Bool) throws {
    let people = Self.people.flatMap { ["--person", "name=\($0.name);roles=\($0.roles)"] }
    let url = "postgresql://postgres@/guantong?host=\(database.directory)"
    let line = dialled.map { ["--peer-advertise", "https://127.0.0.1:\($0)"] } ?? []
    try Program.run(
      [
        program, "init", "--dir", directory, "--agency", code, "--sample", "--peer-listen",
        "127.0.0.1:\(ports.peer)", "--ops-listen", "127.0.0.1:\(ports.ops)", "--database-url", url,
      ] + profile + people + line + (isRegistrar ? ["--registrar"] : []))
  }

  /// Starts its process; it stops when this one ends, however it ends.
  func start() throws {
    let log = "\(directory)/log/node.log"
    if !FileManager.default.fileExists(atPath: log) {
      _ = FileManager.default.createFile(atPath: log, contents: nil)
    }
    guard let output = FileHandle(forWritingAtPath: log) else {
      throw BenchError("\(log) cannot be written")
    }
    try output.seekToEnd()
    let process = Program.process(
      [program, "node", "run", "--stop-with-input", "--config", config])
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = output
    process.standardError = output
    try process.run()
    self.process = process
    input = pipe.fileHandleForWriting
  }

  /// Waits until it answers its operator.
  func untilAnswers() throws {
    try Program.wait("\(code) answers; its log is \(directory)/log/node.log") {
      guard process?.isRunning == true else { throw BenchError("\(code) has ended") }
      return (try? status()) != nil
    }
  }

  /// Waits until it may write.
  func untilReady() throws {
    try Program.wait("\(code) is ready") { (try? status().node.ready) == true }
  }

  /// Stops it in good order.
  func stop() {
    try? input?.close()
    process?.waitUntilExit()
    (process, input) = (nil, nil)
  }

  /// Its process, for what the kernel tells about it.
  var pid: Int32 { process?.processIdentifier ?? 0 }

  /// The most memory that its process has used at once so far, in MiB (`VmHWM`).
  func peakMemory() throws -> Double {
    let path = "/proc/\(pid)/status"
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .first { $0.hasPrefix("VmHWM:") }
    guard
      let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
        .flatMap({ Double($0) })
    else { throw BenchError("\(path) does not tell the peak") }
    return kibibytes / 1_024
  }

  /// A connection to its JSON API.
  func connection() throws -> OfficeConnection { try OfficeConnection(socket) }

  /// Runs one command of its operator and reads what it prints under `--json`; it may end with one
  /// of these codes.
  func command<Answer: Decodable>(
    _ words: [String], for type: Answer.Type, endingWith codes: Set<Int32> = [0]
  ) throws -> Answer {
    let said = try Program.run(
      [program] + words + ["--json", "--config", config], endingWith: codes)
    return try OfficeConnection.decode(type, Data(said.utf8))
  }

  /// How it says it is.
  func status() throws -> NodeStatus {
    try connection().call("GET", "/office/v1/status", Nothing(), for: NodeStatus.self)
  }

  /// Cuts the line to all peers, or mends it, as `guantong demo break CODE --kind cut` does.
  func link(isCut: Bool) throws {
    try connection().call("POST", "/office/v1/link", ["cut": isCut])
  }
}

/// The part of `status` that is looked at.
struct NodeStatus: Decodable {
  struct Process: Decodable {
    let version: String
    let ready: Bool
    let directory: String?
  }

  let node: Process
}
