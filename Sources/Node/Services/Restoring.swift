package import Exchange
package import Ledger
package import Logging
import ServiceLifecycle
import Synchronization

/// The way back of a node whose database went back in time.
///
/// It fetches from every peer at once what this node once wrote, so that one that is slow keeps
/// nobody's from coming back. When every peer that can be dialled has answered, those that proved
/// it among them, everything is whole here and nothing unknown came back under our key, it goes on
/// by itself; what came back may be a thief's, so then a person decides (`guantong reconcile
/// --resume`). A node that lost everything but its key never goes on by itself: only a person knows
/// that the lost machine does not run any more.
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
  private let rebuild: RebuildRecord?
  private let reserve: @Sendable () async throws -> Void
  private let refilled = Refilled()
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
  ///   - rebuild: what is kept of a rebuild; nil where none can be.
  ///   - reserve: called before the node goes on by itself, so that no number of a paper that came
  ///     back, under a key replaced since, is drawn again.
  ///   - logger: where it logs.
  package init(
    store: S, signatory: Signatory, gate: GateKeeper, book: PeerBook,
    sessions: @escaping @Sendable (AgencyCode) async -> PeerSession<S>?,
    signals: SyncSignals, bell: Bell, rebuild: RebuildRecord? = nil,
    reserve: @escaping @Sendable () async throws -> Void = {}, logger: Logger
  ) {
    self.rebuild = rebuild
    self.reserve = reserve
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
    guard let known = try await store.read(ReadRestored(signatory: signatory))?.state else {
      return .notRestored
    }
    let isRebuilding = try await rebuild?.isUnderWay() ?? false
    let dialled = book.dialled
    let answered = try await book.answering {
      try await recover(from: $0, isRebuilding: isRebuilding)
    }
    let silent = dialled.filter { !answered.contains($0) }
    guard silent.isEmpty, !answered.isEmpty else { return .waitsForPeers(silent) }
    guard let standing = try await store.read(ReadRestored(signatory: signatory)) else {
      return .resumed
    }
    let waiting = Progress.waitsForPerson(
      returned: standing.returned.count, held: standing.held.count)
    if isRebuilding || waiting != .waitsForPerson(returned: 0, held: 0) { return waiting }
    // Whoever proved it has more of us than there is here. Where that was a disc of a peer that
    // cannot be dialled, nobody who answered can give it back.
    let unheard = standing.state.witnesses.filter {
      $0 != signatory.agency && !answered.contains($0)
    }
    guard unheard.isEmpty else { return .waitsForPeers(unheard) }
    try await reserve()
    let resume = ResumeWhenWhole(
      signatory: signatory, state: known, outbox: Entropy.system.outboxID())
    // Whatever came meanwhile is looked at by the next step.
    guard try await store.write(resume) else { return waiting }
    for peer in book.peers.map(\.agency) {
      gate.compared(peer, answered.contains(peer) ? .agrees : .unreachable)
    }
    bell.ringAll()
    signals.ring(.standing)
    return .resumed
  }

  /// Fetches from one peer, and keeps of a rebuild what it gave.
  private func recover(from peer: AgencyCode, isRebuilding: Bool) async throws -> Bool {
    var recovered: Recovered?
    do {
      recovered = try await sessions(peer)?.recover(
        lostEverything: isRebuilding && !refilled.contains(peer))
    } catch let error as NodeError {
      logger.info(
        "a peer could not give back what this node wrote",
        metadata: ["peer": "\(peer)", "error": "\(error)"])
    }
    let isWhole = recovered?.isWhole == true
    guard isRebuilding, let rebuild else { return isWhole }
    if isWhole { refilled.insert(peer) }
    if try await rebuild.note(recovered, peer) {
      logger.critical(
        "another node serves under the key of this one: stop it, or replace the key",
        metadata: ["peer": "\(peer)"])
    }
    return isWhole
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

/// What is kept of the rebuild of a node.
package struct RebuildRecord: Sendable {
  /// Whether the node is being rebuilt and no operator has let it write again.
  package let isUnderWay: @Sendable () async throws -> Bool
  /// Keeps what a peer gave, nil when it did not answer; says whether the peer has heard from
  /// another node under the same key, seen for the first time.
  package let note: @Sendable (Recovered?, AgencyCode) async throws -> Bool

  /// Takes both.
  package init(
    isUnderWay: @escaping @Sendable () async throws -> Bool,
    note: @escaping @Sendable (Recovered?, AgencyCode) async throws -> Bool
  ) {
    self.isUnderWay = isUnderWay
    self.note = note
  }
}

/// The peers that have given everything once in this process: then comparing is enough.
private final class Refilled: Sendable {
  private let peers = Mutex<Set<AgencyCode>>([])

  func contains(_ peer: AgencyCode) -> Bool { peers.withLock { $0.contains(peer) } }

  func insert(_ peer: AgencyCode) { peers.withLock { _ = $0.insert(peer) } }
}
