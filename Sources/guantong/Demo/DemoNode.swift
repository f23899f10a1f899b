import FoundationEssentials
import Glibc
import Office
import Subprocess
import Synchronization
import SystemPackage

/// The process of one agency's node, a child of the demo.
///
/// The child stops when its standard input ends, and only this process holds the other end: so a
/// demo that is killed, however, leaves no node behind. What it says goes to its own log.
final class DemoNode: Sendable {
  /// The agency.
  let agency: DemoAgency
  /// Its configuration file.
  let config: String
  private let log: String
  private let handout: String?
  private let state = Mutex(State())

  private struct State {
    var pid: Int32 = 0
    var writer: StandardInputWriter?
  }

  /// Takes the node of an agency; `records` says whether it writes down what it gives to peers.
  init(_ agency: DemoAgency, place: DemoPlace, records: Bool) {
    handout = records ? place.handout : nil
    self.agency = agency
    config = place.config(agency.code)
    log = "\(place.node(agency.code))/log/node.log"
  }

  /// The process, 0 while it is down.
  var pid: Int32 { state.withLock { $0.pid } }

  /// Runs the node to its end; cancelling stops it in an orderly way.
  func run() async {
    var options = PlatformOptions()
    // A group of its own: Ctrl-C in the terminal ends the demo, and the demo ends its nodes.
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, allowedDurationToNextStep: .seconds(20))
    ]
    do {
      let file = try FileDescriptor.open(
        FilePath(log), .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
      defer { try? file.close() }
      _ = try await Subprocess.run(
        .path(FilePath(Self.executable)),
        arguments: ["node", "run", "--stop-with-input", "--config", config],
        environment: .inherit.updating(
          DemoEnvironment.changes(
            setting: handout.map { ["GUANTONG_DEMO_HANDOUT": $0] } ?? [:])),
        workingDirectory: "/", platformOptions: options, input: .inputWriter,
        output: .fileDescriptor(file, closeAfterSpawningProcess: false), error: .sequence
      ) { execution in
        state.withLock {
          $0.pid = execution.processIdentifier.value
          $0.writer = execution.standardInputWriter
        }
        for try await line in execution.standardError.strings() {
          _ = try? file.writeAll(Array("\(line)\n".utf8))
        }
      }
    } catch {
      Printer.complain(["\(agency.code): \(error)"])
    }
    state.withLock { $0 = State() }
  }

  /// Ends the node in an orderly way and waits for its end.
  func stop() async {
    let writer = state.withLock { state in
      defer { state.writer = nil }
      return state.writer
    }
    try? await writer?.finish()
    while pid != 0 {
      do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
    }
  }

  /// The program itself.
  static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? ProcessInfo.processInfo.arguments[0]
  }
}
