import ArgumentParser
import Dispatch
import Glibc
import Ledger
import Logging
import Node
import Office
import SystemPackage

/// `guantong node run`.
struct NodeRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: Abstract.of("node.run"))

  @Flag(
    help: ArgumentHelp(
      "Stop when standard input ends, as a child whose parent is gone.", visibility: .hidden))
  var stopWithInput = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let settings = try options.settings()
    let level = Logger.Level(rawValue: settings[.logLevel]) ?? .info
    let logger = Logger(label: "guantong") { label in
      LogLines(label: label, level: level) { line in
        _ = try? FileDescriptor.standardError.writeAll(Array(line.utf8))
      }
    }
    if stopWithInput { Self.stopWhenInputEnds() }
    try await Node.run(try NodeConfiguration(settings), logger: logger)
  }

  /// Reads standard input to its end on a thread of its own, then asks this process to stop.
  private static func stopWhenInputEnds() {
    DispatchQueue(label: "guantong.input").async {
      while let line = readLine(), !line.isEmpty { continue }
      kill(getpid(), SIGTERM)
    }
  }
}

extension NodeConfiguration {
  /// What a node needs of the settings; a wrong one was refused when they were read.
  init(_ settings: Settings) throws {
    guard let agency = AgencyCode(settings[.agency]),
      let peerListen = ListenAddress(settings[.peerListen]),
      let opsListen = ListenAddress(settings[.opsListen])
    else { throw Settings.fault(settings.file, "agency, peer.listen or ops.listen") }
    let files = settings.files
    self.init(
      agency: agency, directory: files.directory, agencyKeyPath: files.agencyKey,
      tlsKeyPath: files.tlsKey, tlsCertificatePath: files.tlsCertificate,
      markerPath: files.marker, firstStartPath: files.firstStart,
      databaseURL: settings[.databaseURL], officeSocketPath: files.officeSocket,
      officeListen: ListenAddress(settings[.officeListen]), peerListen: peerListen,
      peerAdvertise: settings[.peerAdvertise], opsListen: opsListen,
      language: settings.language, isSample: settings[.sample] == "true",
      build: BuildDescription(version: Build.version, commit: Build.commit),
      isBehindGateway: settings[.peerGateway] == "true",
      handoutDirectory: GlobalOptions.environment[Self.handoutVariable])
  }
}
