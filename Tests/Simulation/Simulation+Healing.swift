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
          if report.repaired > 0 { isQuiet = false }
        }
      }
      try await settle()
      if isQuiet { return }
      note("reconciled once more (\(round))")
    }
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
      let isDone = try nodes.allSatisfy { node in
        try node.store.readNow(Waiting()).allSatisfy { _ in false }
      }
      quiet = before == (done.taken, done.written, audit.refusals) && isDone ? quiet + 1 : 0
      if quiet == 2 { return }
      if before.2 + 60 * nodes.count < audit.refusals { break }
    }
    let waiting = try nodes.map { node in
      let readers = try node.store.readNow(Waiting()).map { reader in
        "\(reader) \(try node.store.readNow(PositionOf(reader)))"
      }
      return "\(node.code): \(readers)"
    }
    throw failed("never settles; readers waiting at \(waiting)")
  }
}

/// Readers that still have something to come.
struct Waiting: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [AgencyCode] {
    try transaction.readersWaiting()
  }
}
