import ArgumentParser
import Office

/// `guantong reconcile`.
struct ReconcileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Compare with peers, or the own tables with the own ledger, and repair.",
    discussion: """
      Signs: = equal, + only here, - only there, * differs, ! error. Ends with 0 when \
      consistent, 2 when not, 3 when repaired in part, 5 when a peer is unreachable, 6 when a \
      repair would exceed --max-changes.
      """)

  @Option(help: ArgumentHelp("A peer; every peer when absent.", valueName: "code"))
  var peer: [String] = []

  @Flag(name: .customLong("self"), help: "Check the own ledger and tables.")
  var isSelf = false

  @Option(help: ArgumentHelp("Say what decided each question of a dossier.", valueName: "id"))
  var explain: String?

  @Option(help: ArgumentHelp("Only this dossier.", valueName: "id"))
  var dossier: String?

  @Flag(help: "Repair what differs.")
  var repair = false

  @Flag(help: "Say what a repair would do.")
  var dryRun = false

  @Option(help: ArgumentHelp("How long a difference may be on its way.", valueName: "seconds"))
  var settle: Int?

  @Option(help: "Refuse a repair of more changes.")
  var maxChanges: Int?

  @OptionGroup var options: GlobalOptions

  /// Comparing a large dossier set takes minutes, never longer.
  private static let timeout = Duration.seconds(900)

  func run() async throws {
    if let explain {
      try await options.show(API.explain, API.ExplainRequest(dossier: explain))
    } else if isSelf {
      try await runSelf()
    } else {
      try await runPeers()
    }
  }

  private func runSelf() async throws {
    let answer = try await options.call(
      API.reconcileSelf,
      API.ReconcileSelfRequest(repair: repair, dryRun: dryRun, maxChanges: maxChanges),
      timeout: Self.timeout)
    try options.printer.show(answer)
    try end([(answer.consistent, answer.repaired)])
  }

  private func runPeers() async throws {
    var outcomes: [(consistent: Bool, repaired: Int)] = []
    for code in try await peers() {
      let answer = try await options.call(
        API.reconcilePeer,
        API.ReconcilePeerRequest(
          peer: code, dossier: dossier, repair: repair, dryRun: dryRun, settleSeconds: settle,
          maxChanges: maxChanges), timeout: Self.timeout)
      try options.printer.show(answer)
      outcomes.append((answer.consistent, answer.repaired))
    }
    try end(outcomes)
  }

  private func peers() async throws -> [String] {
    guard peer.isEmpty else { return peer }
    return try await options.call(API.status, API.StatusRequest()).peers.map(\.agency)
  }

  private func end(_ outcomes: [(consistent: Bool, repaired: Int)]) throws {
    guard outcomes.contains(where: { !$0.consistent }) else { return }
    let isPartly = repair && !dryRun && outcomes.contains { $0.repaired > 0 }
    throw Ending(outcome: isPartly ? .partly : .differences)
  }
}
