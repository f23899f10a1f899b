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
    try await goOn()
    try await repairAll()
    // Who has forked gets a new key: its first change set under that chooses the branch. Without
    // one, what it granted under a key replaced before the fork stays unconfirmed for good.
    try await rotateForkers()
    try await settle()
    try checkOutboxesSuffice()
    try checkLaterDeliveries()
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
      if isQuiet { return try checkNothingWaits() }
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
      try answer(question, of: node, by: peer)
    }
  }

  /// What a peer answers to a question that a node puts to it alone.
  func answer(
    _ question: Reconciliation.Question, of node: SimulatedNode, by peer: SimulatedNode
  ) throws -> [UInt8] {
    switch question {
    case .compare(let message):
      return try peer.store.readNow(
        AnswerReconcile(requester: node.code, message: message)
      ).get()
    case .fetch(let bytes):
      guard let request = FetchRequest.decode(bytes) else { throw failed("no request") }
      var answer = try peer.store.readNow(
        AnswerFetch(requester: node.code, request: request))
      try audit.handedOut(answer.deliveries, by: peer, to: node.code, at: self)
      answer.deliveries = try trusting(answer.deliveries, at: node)
      return answer.encoded()
    }
  }

  /// Everybody pulls from everybody until nothing moves any more.
  func settle() async throws {
    var quiet = 0
    for round in 0..<60 {
      let before = (done.taken, done.written, audit.refusals)
      for node in nodes {
        try reaffirm(at: node)
        for peer in nodes where peer.code != node.code {
          // The first round asks for everything: sessions begin anew.
          if try round == 0 || !isQuiet(peer, for: node) { try await ask(node, peer) }
        }
        try askWanted(at: node)
      }
      while !network.isEmpty { try await deliver() }
      let isDone = nodes.allSatisfy(\.isAcknowledged)
      quiet = before == (done.taken, done.written, audit.refusals) && isDone ? quiet + 1 : 0
      if quiet == 2 { return }
      if before.2 + 60 * nodes.count < audit.refusals { break }
    }
    throw try waiting(at: nodes, "never settles")
  }

  private func waiting(at nodes: [SimulatedNode], _ what: String) throws -> SimulationFailure {
    for node in nodes {
      for reader in try node.store.readNow(Waiting()) { try describeQueue(of: reader, at: node) }
    }
    return failed("\(what); readers are still waiting", .differs)
  }

  /// Nothing waits for good to be served.
  ///
  /// A line waits for the reader's grant to be re-affirmed. Where an agency that granted has been
  /// put out, two such waits may wait for each other until somebody compares; whoever is put out
  /// is never told of a re-affirmation, so with it a line waits for good.
  private func checkNothingWaits() throws {
    let owing = try nodes.filter { node in
      let contents = node.store.contents
      return try contents.outboxes.values.contains { outbox in
        try outbox.queued.contains { id in
          guard let dossier = contents.rows[id]?.changeSet.dossier else { return true }
          return try entitled(dossier).contains { $0 === node }
        }
      }
    }
    if !owing.isEmpty { throw try waiting(at: owing, "compared and quiet") }
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
