package import Postgres
import Replica
import Subprocess
import Synchronization

/// A throw-away PostgreSQL cluster for the tests of one process.
///
/// A shell that runs as the cluster's user makes the cluster in a fresh directory, starts it, and
/// then reads commands from a pipe that only this process can write to. When this process is gone,
/// however it went, the pipe is at its end: the shell stops PostgreSQL and removes the directory.
/// So nothing is left behind by a test that crashes or is killed.
package final class TestCluster: Sendable {
  /// The directory of the socket, the data and the log.
  package let directory: String
  private let commands: AsyncStream<Command>.Continuation

  private struct Command: Sendable {
    let line: String
    let answered: CheckedContinuation<Void, any Error>
  }

  /// A command that the shell could not carry out.
  package struct Failure: Error, CustomStringConvertible {
    /// What the shell said.
    package let description: String
  }

  /// The one cluster that the tests of this process share, started by its first use.
  package static func shared() async throws -> TestCluster {
    try await sharedStart.value
  }

  private static let sharedStart = Task { try await TestCluster.start() }

  /// Starts a cluster of one's own, for tests that restart or crash it; end it with `stop`.
  package static func start() async throws -> TestCluster {
    let programs = try await PostgresPrograms.find()
    let account = try await ClusterAccount.forThisProcess()
    let (commands, feed) = AsyncStream.makeStream(of: Command.self)
    return try await withCheckedThrowingContinuation { started in
      let ready = Mutex<CheckedContinuation<TestCluster, any Error>?>(started)
      Task.detached {
        do {
          _ = try await Subprocess.run(
            account.launch("/bin/sh", ["-c", script, "sh", programs.directory, Scratch.place]),
            input: .inputWriter, output: .sequence, error: .currentStandardError
          ) { execution in
            var lines = execution.standardOutput.strings().makeAsyncIterator()
            guard let directory = try await lines.next() else {
              throw Failure(description: "the test cluster did not start")
            }
            let cluster = TestCluster(directory: directory, commands: feed)
            ready.withLock { $0.take() }?.resume(returning: cluster)
            for await command in commands {
              _ = try await execution.standardInputWriter.write(command.line + "\n")
              let answer = try await lines.next() ?? "the shell is gone"
              command.answered.resume(
                with: answer == "ok" ? .success(()) : .failure(Failure(description: answer)))
            }
            try await execution.standardInputWriter.finish()
          }
        } catch {
          ready.withLock { $0.take() }?.resume(throwing: error)
        }
        feed.finish()
      }
    }
  }

  private init(directory: String, commands: AsyncStream<Command>.Continuation) {
    self.directory = directory
    self.commands = commands
  }

  /// How the superuser reaches a database of the cluster.
  package func configuration(database: String = "postgres") -> ConnectionConfiguration {
    ConnectionConfiguration(socketDirectory: directory, user: "postgres", database: database)
  }

  /// Stops the server in an orderly way and starts it again.
  package func restart() async throws {
    try await send("halt fast")
    try await send("start")
  }

  /// Stops the server in an orderly way.
  package func halt() async throws {
    try await send("halt fast")
  }

  /// Starts the server after `halt` or `crash`.
  package func resume() async throws {
    try await send("start")
  }

  /// Kills every process of the server with signal 9, as a power cut would end them.
  package func crash() async throws {
    try await send("crash")
  }

  /// Ends the cluster and removes its directory.
  package func stop() {
    commands.finish()
  }

  private func send(_ line: String) async throws {
    try await withCheckedThrowingContinuation { answered in
      let result = commands.yield(Command(line: line, answered: answered))
      if case .terminated = result {
        answered.resume(throwing: Failure(description: "the cluster is stopped"))
      }
    }
  }

  /// The shell's script, given the directories of PostgreSQL's programs and of scratch files.
  ///
  /// Its first line out is the cluster's directory, every further one answers a command.
  private static let script = #"""
    bin=$1
    d=$(mktemp -d "$2/gtpg.XXXXXX") || exit 1
    halt() { "$bin/pg_ctl" -D "$d/data" -m "$1" -w stop >>"$d/log" 2>&1; wait "$p"; p=; }
    start() {
      "$bin/postgres" -D "$d/data" >>"$d/log" 2>&1 </dev/null &
      p=$!
      until "$bin/pg_isready" -q -h "$d" -U postgres; do
        kill -0 "$p" || return 1
        sleep 0.02
      done
    }
    crash() {
      kids=$(ps -o pid= --ppid "$p")
      kill -9 "$p" $kids
      wait "$p"
      p=
      for kid in $kids; do
        while [ "$(ps -o stat= -p "$kid" | cut -c1 | tr -d Z)" ]; do sleep 0.01; done
      done
    }
    finish() { [ "$p" ] && halt immediate; rm -rf "$d"; }
    trap finish EXIT
    trap 'exit 1' HUP INT TERM
    "$bin/initdb" -D "$d/data" -U postgres -A trust -N --no-instructions -E UTF8 \
      --locale=C >"$d/log" 2>&1 || { cat "$d/log" >&2; exit 1; }
    cat >>"$d/data/postgresql.conf" <<END
    listen_addresses = ''
    unix_socket_directories = '$d'
    fsync = off
    full_page_writes = off
    max_connections = 400
    shared_buffers = 32MB
    log_min_messages = warning
    END
    start || { cat "$d/log" >&2; exit 1; }
    echo "$d"
    while read -r command argument; do
      "$command" $argument && echo ok || echo "failed: $command $argument"
    done
    """#
}
