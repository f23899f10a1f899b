package import Exchange
package import Ledger
package import Logging
import ServiceLifecycle

/// The way back of a node whose database went back in time.
///
/// It fetches from every peer what this node once wrote. When every peer that can be dialled has
/// answered, everything is whole here and nothing unknown came back under our key, it goes on by
/// itself; what came back may be a thief's, so then a person decides
/// (`guantong reconcile --resume`).
package struct Restoring<S: Store>: Service {
  /// How far it is.
  package enum Progress: Sendable, Equatable {
    /// The database is not known to have gone back in time.
    case notRestored
    /// It goes on from here.
    case resumed
    /// These peers have not answered; with none at all, nobody can tell what was lost.
    case waitsForPeers([AgencyCode])
    /// Own change sets have to be confirmed by a person, or are not whole yet.
    case waitsForPerson(returned: Int, held: Int)
  }

  private let store: S
  private let signatory: Signatory
  private let gate: GateKeeper
  private let book: PeerBook
  private let sessions: @Sendable (AgencyCode) async -> PeerSession<S>?
  private let signals: SyncSignals
  private let bell: Bell
  private let logger: Logger

  /// Makes the way back.
  ///
  /// - Parameters:
  ///   - store: what was restored.
  ///   - signatory: this node with the key it signs with.
  ///   - gate: opened when everything is whole.
  ///   - book: the peers.
  ///   - sessions: a session with a peer; nil when it cannot be dialled.
  ///   - signals: rung when the database turns out to have gone back in time.
  ///   - bell: rung for everybody when the outbox has a new id.
  ///   - logger: where it logs.
  package init(
    store: S, signatory: Signatory, gate: GateKeeper, book: PeerBook,
    sessions: @escaping @Sendable (AgencyCode) async -> PeerSession<S>?,
    signals: SyncSignals, bell: Bell, logger: Logger
  ) {
    self.store = store
    self.signatory = signatory
    self.gate = gate
    self.book = book
    self.sessions = sessions
    self.signals = signals
    self.bell = bell
    self.logger = logger
  }

  /// Looks whenever the signal rings, and again and again as long as something is lacking.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      var backoff = Backoff(first: .milliseconds(500), longest: .seconds(30))
      var generator = SystemRandomNumberGenerator()
      var shown: Progress?
      while !Task.isCancelled {
        let rings = signals.rings(.restored)
        var rest = Limits.lookAgain
        do {
          let progress = try await step()
          if progress != shown { say(progress) }
          shown = progress
          switch progress {
          case .notRestored, .resumed: backoff.reset()
          case .waitsForPeers, .waitsForPerson: rest = backoff.next(using: &generator)
          }
        } catch {
          logger.warning("the way back failed", metadata: ["error": "\(error)"])
          rest = backoff.next(using: &generator)
        }
        await signals.wait(.restored, past: rings, atMost: rest)
      }
    }
    try? await gracefulShutdown()
  }

  /// Asks every peer once, and goes on when nothing is lacking.
  ///
  /// - Returns: how far it is.
  /// - Throws: the failure of our own database.
  package func step() async throws -> Progress {
    guard try await store.read(ReadRestored(signatory: signatory)) != nil else {
      return .notRestored
    }
    var (answered, silent): ([AgencyCode], [AgencyCode]) = ([], [])
    for peer in book.peers where peer.endpoint != nil {
      do {
        let isAnswered = try await sessions(peer.agency)?.recover() ?? false
        if isAnswered { answered.append(peer.agency) } else { silent.append(peer.agency) }
      } catch let error as NodeError {
        logger.info(
          "a peer could not give back what this node wrote",
          metadata: ["peer": "\(peer.agency)", "error": "\(error)"])
        silent.append(peer.agency)
      }
    }
    guard silent.isEmpty, !answered.isEmpty else { return .waitsForPeers(silent) }
    let resume = ResumeWhenWhole(signatory: signatory, outbox: Entropy.system.outboxID())
    guard try await store.write(resume) else {
      guard let standing = try await store.read(ReadRestored(signatory: signatory)) else {
        return .resumed
      }
      return .waitsForPerson(returned: standing.returned.count, held: standing.held.count)
    }
    for peer in book.peers.map(\.agency) {
      gate.compared(peer, answered.contains(peer) ? .agrees : .unreachable)
    }
    bell.ringAll()
    signals.ring(.standing)
    return .resumed
  }

  private func say(_ progress: Progress) {
    switch progress {
    case .notRestored: break
    case .resumed:
      logger.notice("everything this node wrote is whole again; it goes on")
    case .waitsForPeers(let peers):
      logger.error(
        "the database went back in time; peers have yet to say what this node wrote",
        metadata: ["peers": "\(peers)"])
    case .waitsForPerson(let returned, let held):
      logger.error(
        "the database went back in time; confirm what came back with: guantong reconcile --resume",
        metadata: ["returned": "\(returned)", "held": "\(held)"])
    }
  }
}
