import ArgumentParser
import Office

/// `guantong sync now`.
struct SyncNow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "now", abstract: Abstract.of("sync.now"),
    discussion: """
      Ends with 5 when no peer asked was reached, with 3 when some were not, and with 124 when \
      --wait gave up after 70 seconds; a peer that was revoked counts only when it alone is asked.
      """)

  @Option(help: ArgumentHelp("Only this peer.", valueName: "code"))
  var peer: String?

  @Flag(help: "Answer only when both directions have caught up.")
  var wait = false

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let answer = try await options.call(
      API.sync, API.SyncRequest(peer: peer, wait: wait), timeout: .seconds(600))
    let printer = options.printer
    try printer.show(answer)
    if answer.outcome == .timeout, printer.format != .json {
      Printer.complain([printer.words("sync.gaveUp")])
    }
    if answer.outcome != .done { throw Ending(outcome: answer.outcome) }
  }
}

extension API.Sync {
  /// How the command ends: what was not reached says more than a wait that was given up.
  fileprivate var outcome: Outcome {
    let expected = peers.count > 1 ? peers.filter { $0.state != "revoked" } : peers
    let failures = expected.count { $0.error != nil }
    if failures > 0 { return failures == expected.count ? .unreachable : .partly }
    return caughtUp == false ? .timeout : .done
  }
}
