package import Exchange
package import Ledger
package import Logging
import Office
import ServiceLifecycle

/// Compares with the peers while the node runs: daily, after a peer's new outbox, when an agency
/// here was let into a dossier again, and when a peer claims to have more of this node than this
/// node has.
///
/// What a comparison finds is fetched, or queued for the peer, up to the limit of a repair; every
/// repair is told to `repaired`, which keeps it in the audit. Nobody waits for it, so the sums that
/// it is made of are first held against the dossiers, counted one by one. Every peer is compared
/// with by a task of its own: one that answers slowly, or never, delays no other.
package struct Comparisons<S: Store>: Service {
  private let plan: ComparisonBook
  private let book: PeerBook
  private let sessions: @Sendable (AgencyCode) async -> PeerSession<S>?
  private let signals: SyncSignals
  private let gate: GateKeeper
  private let registrar: @Sendable () async throws -> AgencyCode?
  private let repaired: @Sendable (AgencyCode, ComparisonReason, Int) async throws -> Void
  private let logger: Logger

  /// Makes the service.
  ///
  /// - Parameters:
  ///   - plan: when to compare with whom.
  ///   - book: the peers.
  ///   - sessions: a session with a peer; nil when it cannot be dialled.
  ///   - signals: rung when the plan has something new.
  ///   - gate: told what a peer proved.
  ///   - registrar: whom to ask when a key is used that our directory does not know.
  ///   - logger: where it logs.
  ///   - repaired: called after a repair, with the number of change sets.
  package init(
    plan: ComparisonBook, book: PeerBook,
    sessions: @escaping @Sendable (AgencyCode) async -> PeerSession<S>?,
    signals: SyncSignals, gate: GateKeeper,
    registrar: @escaping @Sendable () async throws -> AgencyCode?, logger: Logger,
    repaired: @escaping @Sendable (AgencyCode, ComparisonReason, Int) async throws -> Void
  ) {
    self.plan = plan
    self.book = book
    self.sessions = sessions
    self.signals = signals
    self.gate = gate
    self.registrar = registrar
    self.logger = logger
    self.repaired = repaired
  }

  /// Compares as planned until the node stops.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        let running = OnePerPeer()
        while !Task.isCancelled {
          let rings = signals.rings(.comparison)
          let due = Dictionary(grouping: plan.take(of: book.peers.map(\.agency)), by: \.peer)
          for (peer, due) in due {
            let reasons = due.map(\.reason)
            guard running.begin(peer) else {
              for reason in reasons { plan.note(peer, reason) }
              continue
            }
            group.addTask {
              for reason in reasons where !Task.isCancelled {
                await compare(with: peer, because: reason)
              }
              running.end(peer)
            }
          }
          if plan.takeUnknownKey() { group.addTask { await fetchDirectory() } }
          await signals.wait(.comparison, past: rings, atMost: Limits.lookAgain)
        }
        group.cancelAll()
      }
    }
    try? await gracefulShutdown()
  }

  /// Compares with one peer.
  ///
  /// - Parameters:
  ///   - peer: the peer.
  ///   - reason: why; a claim asks for the proof and repairs nothing.
  package func compare(with peer: AgencyCode, because reason: ComparisonReason) async {
    guard let session = await sessions(peer) else { return }
    if reason == .claim {
      let comparison = await session.confirmed(signals: signals)
      if comparison == .ahead { gate.compared(peer, comparison) }
      return
    }
    let metadata: Logger.Metadata = ["peer": "\(peer)", "reason": "\(reason.rawValue)"]
    do {
      let report = try await session.reconcile(
        mode: .repair(changesMax: API.repairChangesMax),
        settle: .seconds(Limits.settleSeconds), counting: .first)
      if report.repaired > 0 { try await repaired(peer, reason, report.repaired) }
      if report.errors.contains(where: { $0.code == .sums }) {
        logger.warning(
          "sums kept for comparisons are not those of the dossiers: see guantong reconcile --self",
          metadata: metadata)
      }
      guard report.isConsistent else {
        logger.warning(
          "a comparison found differences that remain: see guantong reconcile --peer",
          metadata: metadata)
        return
      }
      logger.info("a comparison found everything equal", metadata: metadata)
    } catch {
      logger.info(
        "a peer could not be compared with",
        metadata: metadata.merging(["error": "\(error)"]) { $1 })
    }
  }

  /// A peer that signs with a key unknown here may have rotated it: the registrar knows.
  private func fetchDirectory() async {
    do {
      guard let registrar = try await registrar(), let session = await sessions(registrar) else {
        return
      }
      if try await session.fetchDirectory() {
        logger.notice("an unknown key showed that the directory here was behind")
      }
    } catch {
      logger.info("the directory could not be fetched", metadata: ["error": "\(error)"])
    }
  }
}
