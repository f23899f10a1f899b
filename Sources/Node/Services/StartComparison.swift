package import Exchange
package import Ledger
package import Logging
import ServiceLifecycle

/// Asks every peer, after a start, whether it has seen more of this node than this node itself.
///
/// A node whose database went back in time would sign a second history; until a peer has confirmed
/// where we stand, nothing is sealed. While it is known to be restored it is not asked again:
/// ``Restoring`` leads back. It ends once sealing is allowed.
package struct StartComparison<S: Store>: Service {
  private let store: S
  private let gate: GateKeeper
  private let book: PeerBook
  private let sessions: @Sendable (AgencyCode) async -> PeerSession<S>?
  private let signals: SyncSignals
  private let logger: Logger

  /// Makes the comparison.
  ///
  /// - Parameters:
  ///   - store: what is compared.
  ///   - gate: opened by what the peers say.
  ///   - book: the peers.
  ///   - sessions: a session with a peer; nil when it cannot be dialled.
  ///   - signals: rung when the database turns out to have gone back in time.
  ///   - logger: where it logs.
  package init(
    store: S, gate: GateKeeper, book: PeerBook,
    sessions: @escaping @Sendable (AgencyCode) async -> PeerSession<S>?,
    signals: SyncSignals, logger: Logger
  ) {
    self.store = store
    self.gate = gate
    self.book = book
    self.sessions = sessions
    self.signals = signals
    self.logger = logger
  }

  /// The gate for a start: open when there is nothing to confirm or nobody to confirm it.
  ///
  /// What is left of a directory with a hole may name nobody, though there is somebody.
  package static func gate(for standing: NodeStanding) -> SealingGate {
    guard standing.hasSealed, standing.isHoled || !standing.peers.isEmpty else { return .open }
    return SealingGate(peers: standing.peers)
  }

  /// Compares until sealing is allowed or the node stops.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      var backoff = Backoff(first: .milliseconds(200), longest: .seconds(5))
      var generator = SystemRandomNumberGenerator()
      while !gate.isOpen, !Task.isCancelled {
        let isRestored = (try? await store.read(ReadStanding()).isRestored) ?? true
        if !isRestored { await compareAll() }
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
        group.addTask {
          let comparison = await sessions(peer)?.confirmed(signals: signals)
          gate.compared(peer, comparison ?? .unreachable)
        }
      }
    }
  }
}
