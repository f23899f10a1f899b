import ArgumentParser
import Office

/// `guantong reconcile`.
struct ReconcileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: Abstract.of("reconcile"),
    discussion: """
      Signs: = equal, + only here, - only there, * differs, ! error. Ends with 0 when \
      consistent, 2 when not, 3 when repaired in part, 5 when a peer is unreachable, 6 when a \
      repair would exceed --max-changes. With several peers it goes on past one that cannot be \
      compared; --json then writes one document for each peer, one a line in a pipe.

      --dossier compares, checks and repairs that one alone: with a peer that may hold it too, \
      else the code is 8, or with --self. A repair of more than 10,000 changes is refused unless \
      --max-changes allows it.

      --out writes what differs as a plan; --plan with --repair applies exactly that, leaves alone \
      and lists what has changed since, and checks again. --dry-run runs a repair in transactions \
      that are undone and says what it would do. --reason stands in the audit.

      --self goes through the dossiers a stretch at a time and says every 30 seconds how far it \
      is; after an interruption it goes on with --after.

      --statement with one --peer and a --period prints the statement of the two after the \
      comparison, as report statement does, and ends with 2 where either finds a difference.

      --resume lets a node write again whose database went back in time, or that no peer has \
      confirmed since its start; with --dry-run it only shows what there is to decide.
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

  @Option(help: "Refuse a repair of more changes; 10000 when absent.")
  var maxChanges: Int?

  @Flag(help: "Go on after a restore: confirm what came back of the own change sets.")
  var resume = false

  @Option(
    help: ArgumentHelp("Write what differs as a plan.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var out: String?

  @Option(
    help: ArgumentHelp("Repair exactly what this plan names.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var plan: String?

  @Option(help: ArgumentHelp("With --self: go on after this dossier.", valueName: "id"))
  var after: String?

  @Option(help: ArgumentHelp("With --self: at most so many dossiers a second.", valueName: "n"))
  var throttle: Int?

  @Option(
    help: ArgumentHelp("Why, for the audit; with --resume or a repair.", valueName: "text"))
  var reason: String?

  @Option(help: ArgumentHelp("The own agency's code; with --resume.", valueName: "code"))
  var confirm: String?

  @Flag(help: "With one --peer: what both ledgers say of a period, after the comparison.")
  var statement = false

  @Option(help: "With --statement: 2023-07, 2023Q3 or 2023.")
  var period: String?

  @OptionGroup var options: GlobalOptions

  /// Comparing a large dossier set takes minutes, never longer.
  private static let timeout = Duration.seconds(900)

  func validate() throws {
    let modes = [
      ("--self", isSelf), ("--explain", explain != nil), ("--resume", resume),
      ("--plan", plan != nil), ("--peer", !peer.isEmpty),
    ].filter { $0.1 }.map { $0.0 }
    guard modes.count <= 1 else {
      throw ValidationError("\(modes.joined(separator: " and ")) exclude each other.")
    }
    let mode = modes.first ?? "a comparison with peers"
    let others = ["--explain", "--resume", "--plan", "--peer", "a comparison with peers"]
    let misplaced = [
      ("--dossier", dossier != nil, ["--explain", "--resume", "--plan"]),
      ("--repair", repair, ["--explain", "--resume"]),
      ("--dry-run", dryRun, ["--explain"]),
      ("--settle", settle != nil, ["--explain", "--resume", "--self"]),
      ("--max-changes", maxChanges != nil, ["--explain", "--resume"]),
      ("--out", out != nil, ["--explain", "--resume", "--plan", "a comparison with peers"]),
      ("--after", after != nil, others), ("--throttle", throttle != nil, others),
    ].first { $0.1 && $0.2.contains(mode) }
    if let misplaced { throw ValidationError("\(misplaced.0) does not go with \(mode).") }
    try validateRepair()
    guard (maxChanges ?? 0) >= 0, (settle ?? 0) >= 0, (throttle ?? 1) > 0 else {
      throw ValidationError("--max-changes and --settle are not negative, --throttle is positive.")
    }
  }

  private func validateRepair() throws {
    guard resume || confirm == nil, resume || repair || reason == nil else {
      throw ValidationError("--confirm goes with --resume, --reason with --resume or --repair.")
    }
    guard plan == nil || repair else { throw ValidationError("--plan goes with --repair.") }
    guard out == nil || (peer.count <= 1 && (!repair || dryRun)) else {
      throw ValidationError("--out goes with one peer, or --self, and without a repair.")
    }
    guard statement == (period != nil),
      !statement || (peer.count == 1 && dossier == nil && out == nil)
    else {
      throw ValidationError(
        "--statement goes with --period and one --peer, without --dossier or --out.")
    }
    guard dossier == nil || (after == nil && throttle == nil) else {
      throw ValidationError("--after and --throttle do not go with --dossier.")
    }
  }

  func run() async throws {
    if let explain {
      try await options.show(API.explain, API.ExplainRequest(dossier: explain))
    } else if resume {
      try await runResume()
    } else if let plan {
      try await apply(try PlanFile.read(plan))
    } else if isSelf {
      try await runSelf()
    } else if let period, let only = peer.first {
      try await runStatement(with: only, of: period)
    } else {
      try await runPeers()
    }
  }

  /// What `--self` asks of the node.
  private var ownRequest: API.ReconcileSelfRequest {
    API.ReconcileSelfRequest(
      dossier: dossier, repair: repair, dryRun: dryRun, maxChanges: maxChanges, reason: reason)
  }

  private func runSelf() async throws {
    let answer =
      if dossier != nil {
        try await options.call(API.reconcileSelf, ownRequest, timeout: Self.timeout)
      } else {
        try await WholeCheck(options: options, request: ownRequest, perSecond: throttle)
          .run(after: after)
      }
    try show(answer)
  }

  private func show(_ answer: API.ReconcileSelf) throws {
    try options.printer.show(answer)
    try write(answer.plan(of: dossier))
    try end([(answer.consistent, answer.repaired)])
  }

  private func apply(_ plan: API.ReconcilePlan) async throws {
    if let peer = plan.peer {
      let answer = try await compare(with: peer, plan)
      try options.printer.show(answer)
      try end([(answer.consistent, answer.repaired)])
    } else {
      var request = ownRequest
      request.plan = plan
      try show(try await options.call(API.reconcileSelf, request, timeout: Self.timeout))
    }
  }

  private func write(_ plan: @autoclosure () -> API.ReconcilePlan) throws {
    guard let out else { return }
    try PlanFile.write(plan(), to: out)
    let printer = options.printer
    if printer.format == .table {
      printer.write([printer.words("reconcile.planned", ["path": out])])
    }
  }

  private func runResume() async throws {
    let answer = try await options.call(
      API.resume, API.ResumeRequest(reason: reason ?? "", confirm: confirm, dryRun: dryRun))
    try options.printer.show(answer)
    if dryRun, answer.restored || !answer.confirmed { throw Ending(outcome: .differences) }
  }

  private func runPeers() async throws {
    let peers = try await peers()
    let printer = options.printer
    var answers: [API.ReconcilePeer] = []
    var compared: [API.ReconcilePeer] = []
    var problems: [API.Problem] = []
    func tell() {
      guard printer.format != .json else { return }
      printer.write(printer.lines(of: API.ReconcilePeer.page(of: answers, printer.words)))
    }
    for code in peers {
      var answer = API.ReconcilePeer(unreached: code)
      do {
        answer = try await compare(with: code)
        compared.append(answer)
      } catch {
        guard peers.count > 1, let problem = Self.problem(of: error, printer.words.language) else {
          // What the peers before it said is not lost with what ends here.
          if !answers.isEmpty { tell() }
          throw error
        }
        problems.append(problem)
        answer.errors = [API.ReconcileError(code: problem.code, detail: problem.detail)]
      }
      answers.append(answer)
      if printer.format == .json { try printer.json(answer) }
    }
    tell()
    if let only = answers.first, problems.isEmpty { try write(only.plan(of: dossier)) }
    // The code of the first peer that could not be compared says more than any difference.
    if let refusal = Self.refusal(of: problems, compared: compared.count) {
      throw Ending(outcome: refusal.outcome)
    }
    try end(compared.map { ($0.consistent, $0.repaired) })
  }

  /// Compares with the peer and then prints the statement, which a peer out of reach does not hide.
  private func runStatement(with code: String, of period: String) async throws {
    let printer = options.printer
    var compared: API.ReconcilePeer?
    var failure: API.Problem?
    do {
      let answer = try await compare(with: code)
      try printer.show(answer)
      compared = answer
    } catch let problem as API.Problem where problem.refusal == Refusal.peerUnreachable.rawValue {
      failure = problem
    }
    let answer = try await options.call(
      API.statement, API.StatementRequest(peer: code, period: period))
    try printer.show(answer)
    if answer.outcome == "differs" { throw Ending(outcome: .differences) }
    if let failure { throw failure }
    try end([compared].compactMap(\.self).map { ($0.consistent, $0.repaired) })
  }

  private func compare(
    with code: String, _ plan: API.ReconcilePlan? = nil
  ) async throws -> API.ReconcilePeer {
    try await options.call(
      API.reconcilePeer,
      API.ReconcilePeerRequest(
        peer: code, dossier: dossier, repair: repair, dryRun: dryRun, settleSeconds: settle,
        maxChanges: maxChanges, plan: plan, reason: reason), timeout: Self.timeout)
  }

  /// What lies with one peer, so that the others can still be compared; nil for anything else.
  ///
  /// It is away, unknown, or answers too slowly; its turn did not come in time; it shares no such
  /// dossier; or more would change than a repair may.
  static func problem(of error: any Error, _ language: Language) -> API.Problem? {
    let problem = error as? API.Problem ?? (error as? OfficeError)?.problem(in: language)
    let refusal = (problem?.refusal).flatMap { Refusal(rawValue: $0) }
    switch refusal {
    case .peerUnreachable, .peerUnknown, .unavailable, .timeout, .notFound, .tooManyChanges:
      return problem
    default: return nil
    }
  }

  /// Why not every peer was compared; nil when that is nothing to end with.
  ///
  /// Of one dossier those peers are passed over that do not share it, as long as another one does.
  static func refusal(of problems: [API.Problem], compared: Int) -> Refusal? {
    let refusals = problems.compactMap { Refusal(rawValue: $0.refusal) }
    return refusals.first { $0 != .notFound } ?? (compared == 0 ? refusals.first : nil)
  }

  private func peers() async throws -> [String] {
    guard peer.isEmpty else { return peer }
    let all = try await options.call(API.status, API.StatusRequest()).peers
    let (peers, revoked, silent) = Self.comparable(all)
    let words = options.printer.words
    for (reason, agencies) in [("revoked", revoked), ("dialOut", silent)] where !agencies.isEmpty {
      Printer.complain([
        words("reconcile.\(reason)", ["peers": agencies.joined(separator: ", ")])
      ])
    }
    if peers.isEmpty { Printer.complain([words("reconcile.nobody")]) }
    return peers
  }

  /// The peers to compare with when none is named, and those left out: nothing is asked of a peer
  /// without a key in force, and nobody can ask one that only dials out; it compares by itself.
  static func comparable(
    _ all: [API.PeerState]
  ) -> (peers: [String], revoked: [String], silent: [String]) {
    let revoked = all.filter { $0.state == "revoked" }
    let rest = all.filter { $0.state != "revoked" }
    return (
      rest.filter(\.dialable).map(\.agency), revoked.map(\.agency),
      rest.filter { !$0.dialable }.map(\.agency)
    )
  }

  private func end(_ outcomes: [(consistent: Bool, repaired: Int)]) throws {
    guard outcomes.contains(where: { !$0.consistent }) else { return }
    let isPartly = repair && !dryRun && outcomes.contains { $0.repaired > 0 }
    throw Ending(outcome: isPartly ? .partly : .differences)
  }
}
