import ArgumentParser
import Office

/// `guantong status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: Abstract.of("status"))

  /// What can make `status` end with code 2.
  enum Trouble: String, CaseIterable, ExpressibleByArgument {
    case behind, held, fork
  }

  @Option(help: ArgumentHelp("Only this peer.", valueName: "code"))
  var peer: String?

  @Flag(help: "Show the last error of each peer.")
  var wide = false

  @Option(help: ArgumentHelp("Show it again every so many seconds.", valueName: "seconds"))
  var watch: Int?

  @Option(help: "End with code 2 when a peer is behind, has held change sets or a fork.")
  var failOn: [Trouble] = []

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard watch == nil || failOn.isEmpty else {
      throw ValidationError("--watch goes on without a code: it does not go with --fail-on.")
    }
  }

  func run() async throws {
    while true {
      let status = try await options.call(API.status, API.StatusRequest(peer: peer))
      let printer = options.printer
      if printer.format == .json {
        try printer.json(status)
      } else {
        printer.write(printer.lines(of: status.page(printer.words, wide: wide)))
      }
      guard let watch else {
        if failOn.contains(where: { isThere($0, in: status) }) {
          throw Ending(outcome: .differences)
        }
        return
      }
      try await Task.sleep(for: .seconds(max(1, watch)))
    }
  }

  private func isThere(_ trouble: Trouble, in status: API.Status) -> Bool {
    status.peers.contains { peer in
      switch trouble {
      case .behind: peer.state != "equal"
      case .held: peer.held > 0
      case .fork: peer.forks > 0
      }
    }
  }
}
