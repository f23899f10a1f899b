import FoundationEssentials
import Subprocess
import SystemPackage

/// Runs the program under test, beside the test bundle, without the environment of the tester.
enum Program {
  /// What a run left.
  struct Run {
    let code: Int32
    let output: String
    let errors: String
  }

  /// Runs one command line to its end.
  static func run(
    _ arguments: String..., words: [String] = [], environment: [String: String] = [:],
    in directory: String = "/"
  ) async throws -> Run {
    var variables: [Environment.Key: String] = ["GUANTONG_LANG": "en", "PATH": "/usr/bin:/bin"]
    for (name, value) in environment { variables[Environment.Key(rawValue: name) ?? "X"] = value }
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments + words),
      environment: .custom(variables),
      workingDirectory: FilePath(directory), output: .string(limit: 1 << 20),
      error: .string(limit: 1 << 20))
    guard case .exited(let code) = result.terminationStatus else {
      return Run(code: -1, output: result.standardOutput, errors: result.standardError)
    }
    return Run(code: code, output: result.standardOutput, errors: result.standardError)
  }

  /// The executable, built into the same directory as the tests.
  static var path: String {
    let bundle = FilePath(ProcessInfo.processInfo.arguments[0]).removingLastComponent()
    let beside = bundle.appending("guantong").string
    return FileManager.default.isExecutableFile(atPath: beside)
      ? beside : FileManager.default.currentDirectoryPath + "/.build/debug/guantong"
  }
}
