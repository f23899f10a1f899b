package import Exchange
package import Ledger
package import Logging
import ServiceLifecycle

/// Asks every peer, after a start, whether it has seen more of this node than this node itself.
///
/// A node whose database went back in time would sign a second history; until a peer has confirmed
/// where we stand, nothing is sealed. It ends once sealing is allowed.
package struct StartComparison<S: Store>: Service {
  private let store: S
  private let agency: AgencyCode
  private let gate: GateKeeper
  private let book: PeerBook
  private let sessions: @Sendable (AgencyCode) async -> PeerSession<S>?
  private let businessTime: @Sendable () -> Timestamp
  private let logger: Logger

  /// Makes the comparison.
  ///
  /// - Parameters:
  ///   - store: what is compared.
  ///   - agency: the agency of this node.
  ///   - gate: opened by what the peers say.
  ///   - book: the peers.
  ///   - sessions: a session with a peer; nil when it cannot be dialled.
  ///   - businessTime: the business clock.
  ///   - logger: where it logs.
  package init(
    store: S, agency: AgencyCode, gate: GateKeeper, book: PeerBook,
    sessions: @escaping @Sendable (AgencyCode) async -> PeerSession<S>?,
    businessTime: @escaping @Sendable () -> Timestamp, logger: Logger
  ) {
    self.store = store
    self.agency = agency
    self.gate = gate
    self.book = book
    self.sessions = sessions
    self.businessTime = businessTime
    self.logger = logger
  }

  /// The gate for a start: open when there is nothing to confirm or nobody to confirm it.
  package static func gate(for standing: NodeStanding) -> SealingGate {
    guard standing.hasSealed, !standing.peers.isEmpty else { return .open }
    return SealingGate(peers: standing.peers)
  }

  /// Compares until sealing is allowed or the node stops.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      var backoff = Backoff(first: .milliseconds(200), longest: .seconds(5))
      var generator = SystemRandomNumberGenerator()
      while !gate.isOpen, !Task.isCancelled {
        await compareAll()
        if gate.isOpen {
          logger.notice("peers have confirmed where this node stands")
          break
        }
        try? await Task.sleep(for: backoff.next(using: &generator))
      }
    }
    // A service that ends by itself ends the group; wait for the shutdown instead.
    try? await gracefulShutdown()
  }

  /// Asks every peer once.
  package func compareAll() async {
    await withDiscardingTaskGroup { group in
      for peer in book.peers.map(\.agency) {
        group.addTask { gate.compared(peer, await compare(with: peer)) }
      }
    }
  }

  private func compare(with peer: AgencyCode) async -> SealingGate.Comparison {
    guard let session = await sessions(peer) else { return .unreachable }
    do {
      guard let answer = try await session.ask(FetchRequest(asksPosition: true)) else {
        return .unreachable
      }
      if let position = answer.position,
        try await store.read(IsAhead(peer: peer, position: position))
      {
        return try await found(peer, "outbox \(position.number)")
      }
      let report = try await session.reconcile(mode: .compare, settle: .zero)
      if report.onlyRemote.contains(where: { $0.author == agency }) {
        return try await found(peer, "change sets of our own")
      }
      return report.errors.isEmpty ? .agrees : .unreachable
    } catch {
      logger.info(
        "a peer could not confirm where this node stands",
        metadata: ["peer": "\(peer)", "error": "\(error)"])
      return .unreachable
    }
  }

  private func found(_ peer: AgencyCode, _ subject: String) async throws -> SealingGate.Comparison {
    logger.critical(
      "a peer has more of this node than its own database: it went back in time",
      metadata: ["peer": "\(peer)", "subject": "\(subject)"])
    try await store.write(MarkRestored(witness: peer, subject: subject, now: businessTime()))
    return .ahead
  }
}

/// Whether a peer has seen numbers of our outbox, or change sets of ours, that are not here.
struct IsAhead: StoreWork {
  let peer: AgencyCode
  let position: ReaderPosition

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    let located = try transaction.locate(position.held)
    if position.held.contains(where: { located[$0] == nil }) { return true }
    guard position.outbox == (try transaction.node().outbox), position.number > 0 else {
      return false
    }
    let line = try transaction.numbered(for: peer, after: position.number - 1, limit: 1).first
    return line?.number != position.number || line?.runningHash != position.runningHash
  }
}
