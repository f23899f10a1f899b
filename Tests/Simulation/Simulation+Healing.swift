import Exchange
import Ledger
import TestSupport

extension Simulation {
  /// Ends the faults and lets everything arrive: first by the outboxes alone, then by reconciling.
  func heal() async throws {
    faults = nil
    forger = nil
    network.heal()
    for node in nodes { node.restart() }
    note("healed")
    try await settle()
    try checkOutboxesSuffice()
    for round in 0..<6 {
      var isQuiet = true
      for node in nodes {
        for peer in nodes where peer.code != node.code {
          let report = try await reconcile(node, peer)
          if !report.errors.isEmpty { throw failed("reconcile: \(report.errors)") }
          if report.repaired > 0 {
            isQuiet = false
            note("\(node.code) repairs \(report.repaired) with \(peer.code)")
          }
        }
      }
      try await settle()
      if isQuiet { return }
      note("reconciled once more (\(round))")
    }
    for dossier in dossiers { try describe(dossier) }
    throw failed("reconciling never ends")
  }

  private func reconcile(
    _ node: SimulatedNode, _ peer: SimulatedNode
  ) async throws -> ReconcileReport {
    let clock = now(node)
    return try await Reconciliation(
      peer: peer.code, mode: .repair(changesMax: nil), settle: .zero
    ).run(over: node.store, now: { clock }, pause: { _ in }) { question in
      switch question {
      case .compare(let message):
        return try await peer.store.read(
          AnswerReconcile(requester: node.code, message: message)
        ).get()
      case .fetch(let bytes):
        guard let request = FetchRequest.decode(bytes) else { throw failed("no request") }
        let answer = try await peer.store.read(
          AnswerFetch(requester: node.code, request: request))
        try audit.handedOut(answer.deliveries, by: peer, to: node.code, at: self)
        return answer.encoded()
      }
    }
  }

  /// Everybody pulls from everybody until nothing moves any more.
  func settle() async throws {
    var quiet = 0
    for _ in 0..<60 {
      let before = (done.taken, done.written, audit.refusals)
      for node in nodes {
        try reaffirm(at: node)
        for peer in nodes where peer.code != node.code { try ask(node, peer) }
        try askWanted(at: node)
      }
      while !network.isEmpty { try await deliver() }
      let isDone = try nodes.allSatisfy(owesNothing)
      quiet = before == (done.taken, done.written, audit.refusals) && isDone ? quiet + 1 : 0
      if quiet == 2 { return }
      if before.2 + 60 * nodes.count < audit.refusals { break }
    }
    for node in nodes {
      for reader in try node.store.readNow(Waiting()) { try describeQueue(of: reader, at: node) }
    }
    throw failed("never settles; readers are still waiting")
  }

  /// Whether every line of a node's outbox is served and acknowledged.
  ///
  /// A line may wait for the grant to be re-affirmed; whoever was put out of the dossier is never
  /// told of that, so there it waits for good.
  private func owesNothing(_ node: SimulatedNode) throws -> Bool {
    let contents = node.store.contents
    return try contents.outboxes.values.allSatisfy { outbox in
      let receipted = outbox.receipts.map(\.number).max() ?? 0
      guard receipted >= outbox.numbered.last?.number ?? 0 else { return false }
      return try outbox.queued.allSatisfy { id in
        guard let dossier = contents.rows[id]?.changeSet.dossier else { return false }
        return try !entitled(dossier).contains { $0 === node }
      }
    }
  }

  /// Adds to the transcript what waits for a reader, and why it may.
  private func describeQueue(of reader: AgencyCode, at node: SimulatedNode) throws {
    let contents = node.store.contents
    guard let outbox = contents.outboxes[reader], let view = try node.store.readNow(DirectoryOf())
    else { return }
    let receipted = outbox.receipts.map(\.number).max() ?? 0
    let last = outbox.numbered.last?.number ?? 0
    note("\(node.code): \(reader) has acknowledged \(receipted) of \(last)")
    for id in outbox.queued.prefix(3) {
      guard let dossier = contents.rows[id]?.changeSet.dossier,
        let graph = try node.store.readNow(GraphOf(dossier: dossier))
      else { continue }
      let grants = graph.countingGrants(to: reader).compactMap { grant -> String? in
        guard let header = graph.changeSet(grant)?.header else { return nil }
        let standing = graph.standing(of: grant, in: view.current).map { "\($0)" } ?? ""
        return "\(grant.hex.prefix(8)) by \(header.author) \(standing)"
      }
      let why = try "\(account(of: dossier, at: node)), grants \(grants.joined(separator: ", "))"
      note("\(id.hex.prefix(8)) in \(dossier.hex.prefix(8)) waits for \(reader): \(why)")
    }
  }
}

/// Readers that still have something to come.
struct Waiting: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [AgencyCode] {
    try transaction.readersWaiting()
  }
}
