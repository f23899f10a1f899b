import FoundationEssentials
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

  @Test func `what somebody exported for a node of their own does not come into a run`()
    async throws
  {
    let run = try await bash(
      #"""
      export GUANTONG_DATABASE__URL=x GUANTONG_DATA_DIR=x GUANTONG_AS=x GUANTONG_SEED=7
      source "$0"
      echo "${!GUANTONG_@}" >&2
      """#)
    let kept = run.said.joined().split(separator: " ")
    #expect(kept.contains("GUANTONG_SEED"))
    for name in ["GUANTONG_DATABASE__URL", "GUANTONG_DATA_DIR", "GUANTONG_AS"] {
      #expect(!kept.contains(name[...]))
    }
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
      let own = Set(["postgresql-15", "postgresql-client-15", "libpq-dev"])
      let others = missing.filter { !own.contains($0) && $0 != "python3-cryptography" }
      #expect(others == expected)
    }
  }

  @Test func `without what is needed it ends with 78 and one line with the command`() async throws {
    let run = try await bash(
      #"""
      source "$0"
      missing_packages() { printf '%s\n' libpq-dev postgresql-15; }
      PATH=/nowhere
      need_packages
      echo 'gone on' >&2
      """#)
    #expect(run.status == .exited(78))
    #expect(
      run.said == [
        "Packages are missing; as root: apt-get install --no-install-recommends "
          + "libpq-dev postgresql-15"
      ])
  }

  @Test func `Debian makes no cluster where there was none, and an owner's ways are kept`()
    async throws
  {
    try await Scratch.withDirectory { root in
      let setting = "\(root)/etc/postgresql-common/createcluster.d/guantong.conf"
      let cluster = "\(root)/etc/postgresql/15/main"
      try FileManager.default.createDirectory(
        atPath: cluster, withIntermediateDirectories: true)
      let words = "source \"$0\"; no_cluster_by_debian '\(root)'"
      #expect(try await bash(words).status == .exited(0))
      #expect(!FileManager.default.fileExists(atPath: setting))
      try FileManager.default.removeItem(atPath: cluster)
      #expect(try await bash(words).status == .exited(0))
      let text = FileManager.default.contents(atPath: setting)
        .map { String(decoding: $0, as: UTF8.self) }
      #expect(text == "create_main_cluster = false\n")
    }
  }

  @Test func `a process that outlives the run is named, fails it and is ended`() async throws {
    let run = try await bash(
      #"""
      source "$0"
      step 'one' bash -c 'setsid sleep 1000 & disown'
      no_process_left && echo 'nothing left' >&2
      alive >&2
      """#)
    #expect(run.status == .exited(0))
    #expect(run.said.filter { $0.hasSuffix(" sleep 1000 ") }.count == 1, "\(run.said)")
    #expect(run.said.contains("These processes of this run were left alive:"))
    #expect(!run.said.contains("nothing left"))
  }

  /// Runs lines of bash that begin by taking in `deploy/setup`, which is their `$0`.
  private func bash(_ lines: String) async throws -> (status: TerminationStatus, said: [String]) {
    let run = try await Subprocess.run(
      .name("bash"), arguments: ["-c", lines, "\(Repository.root)/deploy/setup"],
      input: .none, output: .discarded, error: .string(limit: 1 << 14))
    let said = run.standardError.split(separator: "\n").map(String.init)
    return (run.terminationStatus, said)
  }
}
