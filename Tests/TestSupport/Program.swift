import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

/// The program under test, found beside the test bundle.
package enum Program {
  /// What a run left.
  package struct Run: Sendable {
    /// The exit code; -1 when a signal ended it.
    package let code: Int32
    /// The signal that ended it; nil when it ended by itself.
    package let signal: Int32?
    /// Standard output.
    package let output: String
    /// Standard error.
    package let errors: String
  }

  /// Runs one command line to its end, without the environment of the tester.
  ///
  /// - Parameters:
  ///   - arguments: the first words of the command line.
  ///   - words: the words after them.
  ///   - launcher: a program with its arguments that becomes ours, such as `unshare`, or nothing.
  ///   - environment: variables besides those that every run has.
  ///   - directory: where it runs.
  /// - Returns: what it left.
  /// - Throws: that it could not be started.
  package static func run(
    _ arguments: String..., words: [String] = [], through launcher: [String] = [],
    environment: [String: String] = [:], in directory: String = "/"
  ) async throws -> Run {
    var variables: [Environment.Key: String] = ["GUANTONG_LANG": "en", "PATH": "/usr/bin:/bin"]
    variables[runMark] = ProcessInfo.processInfo.environment["GT_RUN_MARK"]
    for (name, value) in environment { variables[Environment.Key(rawValue: name) ?? "X"] = value }
    let line = launcher + [path] + arguments + words
    let result = try await Subprocess.run(
      line[0].hasPrefix("/") ? .path(FilePath(line[0])) : .name(line[0]),
      arguments: Arguments(Array(line.dropFirst())),
      environment: .custom(variables),
      workingDirectory: FilePath(directory), output: .string(limit: 1 << 22),
      error: .string(limit: 1 << 22))
    let (code, signal) = ending(result.terminationStatus)
    return Run(
      code: code, signal: signal, output: result.standardOutput, errors: result.standardError)
  }

  /// Starts a command that goes on, runs `body`, and ends the command by closing its input, which
  /// also happens when this process is gone; a command that does not mind is killed.
  ///
  /// - Parameters:
  ///   - words: the command line.
  ///   - environment: variables besides those of this process; our own of the tester are gone.
  ///   - log: the file that both outputs are written to.
  ///   - patience: how long the command may take to end after that.
  ///   - body: what is done meanwhile.
  /// - Returns: what `body` returned, and how the command ended.
  /// - Throws: what `body` throws, or that the command could not be started.
  package static func whileRunning<Result: Sendable>(
    _ words: [String], environment: [String: String] = [:], log: String,
    patience: Duration = .seconds(60), _ body: (Running) async throws -> Result
  ) async throws -> (result: Result, code: Int32, signal: Int32?) {
    var variables: [Environment.Key: String?] = [:]
    for name in ProcessInfo.processInfo.environment.keys where name.hasPrefix("GUANTONG_") {
      variables.updateValue(nil, forKey: Environment.Key(rawValue: name) ?? "X")
    }
    variables["GUANTONG_LANG"] = "en"
    for (name, value) in environment { variables[Environment.Key(rawValue: name) ?? "X"] = value }
    let file = try FileDescriptor.open(
      FilePath(log), .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
    defer { try? file.close() }
    let run = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(words),
      environment: .inherit.updating(variables), workingDirectory: "/", input: .inputWriter,
      output: .fileDescriptor(file, closeAfterSpawningProcess: false),
      error: .fileDescriptor(file, closeAfterSpawningProcess: false)
    ) { execution in
      let running = Running(pid: execution.processIdentifier.value, log: log)
      let outcome: Swift.Result<Result, any Error>
      do {
        outcome = .success(try await body(running))
      } catch {
        outcome = .failure(error)
      }
      try? await execution.standardInputWriter.finish()
      if await !running.hasEnded(within: patience) { running.send(SIGKILL) }
      return outcome
    }
    let (code, signal) = ending(run.terminationStatus)
    return (try run.closureResult.get(), code, signal)
  }

  /// The executable, built into the same directory as the tests.
  package static var path: String {
    let bundle = FilePath(ProcessInfo.processInfo.arguments[0]).removingLastComponent()
    let beside = bundle.appending("guantong").string
    return FileManager.default.isExecutableFile(atPath: beside)
      ? beside : FileManager.default.currentDirectoryPath + "/.build/debug/guantong"
  }

  /// What tells the processes of one whole test run from all others of the machine.
  private static let runMark: Environment.Key = "GT_RUN_MARK"

  private static func ending(_ status: TerminationStatus) -> (code: Int32, signal: Int32?) {
    switch status {
    case .exited(let code): (code, nil)
    case .signaled(let signal): (-1, signal)
    }
  }
}

extension Program {
  /// A command under way.
  package struct Running: Sendable {
    /// The process.
    package let pid: Int32
    /// Where its outputs go.
    package let log: String

    /// Whether it runs; a process that has ended and was not yet asked for is not alive.
    package var isAlive: Bool {
      guard let state = Kernel.field("State", of: pid) else { return false }
      return !state.hasPrefix("Z") && !state.hasPrefix("X")
    }

    /// Sends it a signal.
    package func send(_ signal: Int32) {
      kill(pid, signal)
    }

    /// Waits for its end; false when it outlives `patience`.
    package func hasEnded(within patience: Duration) async -> Bool {
      let end = ContinuousClock.now + patience
      while isAlive {
        guard ContinuousClock.now < end else { return false }
        try? await Task.sleep(for: .milliseconds(10))
      }
      return true
    }

    /// What it has said so far.
    package var said: String {
      FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }
}

/// What the kernel tells about a process.
package enum Kernel {
  /// A line of `/proc/PID/status`; nil when there is no such process.
  package static func field(_ name: String, of pid: Int32) -> String? {
    guard let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/status") else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("\(name):") }
      .map { $0.dropFirst(name.utf8.count + 1).drop(while: \.isWhitespace) }.map(String.init)
  }

  /// The memory of a process that is in use now, in KiB (`VmRSS`).
  package static func residentKiB(of pid: Int32) -> Int? {
    field("VmRSS", of: pid).flatMap { Int($0.prefix { $0.isNumber }) }
  }
}
