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
    // What this process makes is nobody else's from its first moment, its sockets among it: their
    // modes are set after they are bound.
    umask(0o077)
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
  /// What a node needs of the settings.
  init(_ settings: Settings) throws {
    func address(_ key: SettingKey) throws -> ListenAddress {
      try settings.value(of: key) { ListenAddress($0) }
    }
    let files = settings.files
    self.init(
      agency: try settings.value(of: .agency) { AgencyCode($0) },
      directory: files.directory, agencyKeyPath: files.agencyKey,
      tlsKeyPath: files.tlsKey, tlsCertificatePath: files.tlsCertificate,
      markerPath: files.marker, firstStartPath: files.firstStart,
      databaseURL: settings[.databaseURL], officeSocketPath: files.officeSocket,
      officeListen: settings[.officeListen].isEmpty ? nil : try address(.officeListen),
      peerListen: try address(.peerListen), peerAdvertise: settings.endpoint,
      opsListen: try address(.opsListen),
      language: settings.language, isSample: settings[.sample] == "true",
      build: BuildDescription(version: Build.version, commit: Build.commit),
      isBehindGateway: settings[.peerGateway] == "true",
      handoutDirectory: GlobalOptions.environment[Self.handoutVariable])
  }
}
