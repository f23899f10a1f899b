import ArgumentParser
import Office

/// `guantong sync now`.
struct SyncNow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "now", abstract: Abstract.of("sync.now"))

  @Option(help: ArgumentHelp("Only this peer.", valueName: "code"))
  var peer: String?

  @Flag(help: "Answer only when both directions have caught up.")
  var wait = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.sync,
      API.SyncRequest(
        peer: peer, wait: wait), timeout: .seconds(600))
  }
}
