import ArgumentParser
import Office

/// `guantong sync log`.
struct SyncLog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: Abstract.of("sync.log"),
    discussion: """
      With --follow it goes on until Ctrl-C, and ends with 130 then; under --json each look that \
      found something is one document.
      """)

  @Flag(help: "Go on, and show every two seconds what is new.")
  var follow = false

  @Option(help: ArgumentHelp("Only with this peer.", valueName: "code"))
  var peer: String?

  @Option(help: "Entries, at most 200.")
  var limit: Int?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    if follow {
      try await ExchangeWatch(options: options, peer: peer, limit: limit).run()
    } else {
      try await options.show(API.syncLog, API.SyncLogRequest(peer: peer, limit: limit))
    }
  }
}
