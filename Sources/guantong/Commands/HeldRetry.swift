import ArgumentParser
import Office

/// `guantong held retry`.
struct HeldRetry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: Abstract.of("held.retry"),
    discussion: """
      Ends with 5 when no peer asked was reached, and with 3 when some were not.
      """)

  @Argument(help: "Change set id or unique prefix of 8 hex digits; all when absent.")
  var id: String?

  @Option(help: ArgumentHelp("Those that this peer delivered.", valueName: "code"))
  var peer: String?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard id == nil || peer == nil else {
      throw ValidationError("Name either a change set or --peer.")
    }
  }

  func run() async throws {
    let answer = try await options.call(
      API.retryHeld, API.HeldRetryRequest(id: id, peer: peer), timeout: .seconds(600))
    try options.printer.show(answer)
    if answer.outcome != .done { throw Ending(outcome: answer.outcome) }
  }
}

extension API.HeldRetry {
  /// How the command ends: by whom it did not reach.
  fileprivate var outcome: Outcome {
    let failures = peers.count { $0.error != nil }
    guard failures > 0 else { return .done }
    return failures == peers.count ? .unreachable : .partly
  }
}
