import Foundation
import Glibc

/// The external programs that a measurement drives: PostgreSQL's, Bucardo and guantong itself.
enum Program {
  /// As whom a program runs: PostgreSQL's servers never run as root.
  enum Account {
    case own, postgres
  }

  /// The words that run a command as an account.
  static func words(_ command: [String], as account: Account) -> [String] {
    guard account == .postgres, geteuid() == 0 else { return command }
    let change = ["--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--"]
    return ["setpriv"] + change + command
  }

  /// A process that is ready to be started.
  static func process(
    _ command: [String], as account: Account = .own, environment: [String: String] = [:]
  ) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words(command, as: account)
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LC_ALL": "C", "GUANTONG_LANG": "en"]) { $1 }
      .merging(environment) { $1 }
    return process
  }

  /// Runs a command to its end and gives what it said on standard output.
  ///
  /// - Throws: ``BenchError`` with its last words when it ends with another code than these.
  @discardableResult
  static func run(
    _ command: [String], as account: Account = .own, input: String = "",
    environment: [String: String] = [:], endingWith codes: Set<Int32> = [0]
  ) throws -> String {
    let process = process(command, as: account, environment: environment)
    // Files and no pipes: a server that a command starts would keep a pipe open.
    let files = (input: try TemporaryFile(input), output: try TemporaryFile())
    let errors = try TemporaryFile()
    defer { for file in [files.input, files.output, errors] { file.remove() } }
    process.standardInput = try files.input.reading()
    process.standardOutput = try files.output.writing()
    process.standardError = try errors.writing()
    try process.run()
    process.waitUntilExit()
    let said = files.output.text
    guard codes.contains(process.terminationStatus) else {
      let tail = (said + errors.text).suffix(2_000)
      let command = command.joined(separator: " ").prefix(300)
      throw BenchError("\(command): exit \(process.terminationStatus)\n\(tail)")
    }
    return said
  }

  /// The words that run a command which leaves a server running.
  ///
  /// `Process` waits until everybody has closed a socket that its child inherits, and a server
  /// would keep it for as long as it lives.
  static func leavingServer(_ command: [String]) -> [String] {
    let closing = """
      for place in /proc/$$/fd/*; do
        number=${place##*/}
        ((number <= 2)) || eval "exec $number>&-"
      done
      exec "$@"
      """
    return ["bash", "-c", closing, "bash"] + command
  }

  /// Looks again and again until `condition` holds.
  ///
  /// - Throws: ``BenchError`` when it does not within `seconds`, or what `condition` throws.
  static func wait(
    _ what: String, seconds: Int = 120, every pause: Duration = .milliseconds(20),
    until condition: () throws -> Bool
  ) throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while try !condition() {
      guard ContinuousClock.now < end else {
        throw BenchError("not within \(seconds) s: \(what)")
      }
      Thread.sleep(forTimeInterval: pause.seconds)
    }
  }

  /// The directory of PostgreSQL's server programs.
  static let postgres: String = {
    let told = (try? run(["pg_config", "--bindir"])) ?? ""
    let directory = told.trimmingCharacters(in: .whitespacesAndNewlines)
    return FileManager.default.isExecutableFile(atPath: "\(directory)/initdb")
      ? directory : "/usr/lib/postgresql/15/bin"
  }()
}

extension Duration {
  /// As a number of seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
