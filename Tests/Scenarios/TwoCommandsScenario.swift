import Glibc
import Subprocess
import TestSupport
import Testing

/// What `deploy/demo` and `deploy/test` share, `deploy/setup`, run for real.
@Suite(.timeLimit(.minutes(3))) struct TwoCommandsScenario {
  /// A step that is a function of several commands, the first of which says that it ended well
  /// when it is signalled, as a test runner may.
  private static let story = #"""
    source "$0"
    patient() { bash -c 'trap "kill \$!; exit 0" INT TERM; sleep 100 & echo begun >&2; wait'; }
    both() { patient || return; echo 'gone on' >&2; }
    step 'both' both
    echo 'gone on' >&2
    """#

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `a signal ends the step under way, whatever it is, and all that would follow`(
    signal: Int32, code: Int32
  ) async throws {
    let run = try await Subprocess.run(
      .name("bash"), arguments: ["-c", Self.story, "\(Repository.root)/deploy/setup"],
      input: .none, output: .discarded, error: .sequence
    ) { execution in
      var said: [String] = []
      for try await line in execution.standardError.strings() {
        said.append(line)
        if line == "begun" { kill(execution.processIdentifier.value, signal) }
      }
      return said
    }
    #expect(run.terminationStatus == .exited(code))
    #expect(!run.closureResult.contains("gone on"), "\(run.closureResult)")
    #expect(!run.closureResult.contains { $0.contains("left alive") }, "\(run.closureResult)")
    #expect(run.closureResult.contains { $0.contains("both: failed with \(code)") })
  }

  @Test func `the demo asks for the packages of its own, the tests for theirs too`() async throws {
    // Nothing is found where no program is on the path and nothing is below the root.
    let empty = #"""
      source "$0"
      compgen() { return 1; }
      PATH=/nowhere
      missing_packages "${1:-}"
      """#
    for (words, expected) in [([], []), (["tests"], ["procps"])] as [([String], [String])] {
      let run = try await Subprocess.run(
        .name("bash"),
        arguments: Arguments(["-c", empty, "\(Repository.root)/deploy/setup"] + words),
        output: .string(limit: 1 << 12), error: .string(limit: 1 << 12))
      let missing = run.standardOutput.split(separator: "\n").map(String.init)
      #expect(missing.contains("postgresql-15"), "\(run.standardError)")
      let own = Set(["postgresql-15", "libpq-dev"])
      let others = missing.filter { !own.contains($0) && $0 != "python3-cryptography" }
      #expect(others == expected)
    }
  }
}
