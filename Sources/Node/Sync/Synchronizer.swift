package import Exchange
package import Ledger
package import Logging
import ServiceLifecycle
import Synchronization

/// Keeps this node in step with every peer: one loop per peer, which comes and goes with the
/// directory, and one that asks for what is missing.
///
/// A peer that is away delays nobody else. Every loop is level-triggered: a ring says "look again",
/// and each looks by itself at least once a minute.
package struct Synchronizer<S: Store>: Service {
  let desk: PeerDesk<S>
  let book: PeerBook
  private let clients: PeerClients
  private let states: PeerStates
  private let figures: Figures
  let signals: SyncSignals
  private let openInvitations: @Sendable () async throws -> Int
  private let turns = ComparisonTurns(atOnceMax: Limits.comparisonsAtOnceMax)
  private let recoveries: ComparisonTurns
  let logger: Logger

  /// Makes the service; `openInvitations` counts the invitations that strangers may use, and
  /// `recoveries` are the turns of what leads back to one history.
  package init(
    desk: PeerDesk<S>, book: PeerBook, clients: PeerClients, states: PeerStates, figures: Figures,
    signals: SyncSignals, logger: Logger,
    recoveries: ComparisonTurns = .ofRecoveries(),
    openInvitations: @escaping @Sendable () async throws -> Int = { 0 }
  ) {
    self.recoveries = recoveries
    self.openInvitations = openInvitations
    self.desk = desk
    self.book = book
    self.clients = clients
    self.states = states
    self.figures = figures
    self.signals = signals
    self.logger = logger
  }

  /// Runs until the task is cancelled or the service group shuts down.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        let running = OnePerPeer()
        group.addTask { await seek() }
        group.addTask { await retryHeld() }
        while !Task.isCancelled {
          let rings = signals.rings(.directory)
          await readDirectory()
          for peer in book.peers.map(\.agency)
          where running.begin(peer) {
            group.addTask {
              await follow(peer)
              running.end(peer)
            }
          }
          await signals.wait(.directory, past: rings, atMost: Limits.lookAgain)
        }
        group.cancelAll()
      }
    }
    await clients.closeAll()
  }

  /// One exchange with every peer, or with one, now; for an operator.
  ///
  /// - Parameter peer: whom to ask; nil asks all.
  /// - Returns: what came of it, by peer.
  /// - Throws: the failure of our own database.
  package func syncNow(with peer: AgencyCode? = nil) async throws -> [AgencyCode: SyncOutcome] {
    await readDirectory()
    var outcomes: [AgencyCode: SyncOutcome] = [:]
    for record in book.peers where peer == nil || record.agency == peer {
      guard let session = await session(with: record.agency) else { continue }
      var pull = try await session.makePull(waitSeconds: 0)
      var outcome = try await session.pull(&pull).outcome
      var pages = 1
      // A peer gives numbers as it serves, so its head statement does not tell what waits there.
      while case .took = outcome, pages < Limits.pagesPerSyncMax {
        outcome = try await session.pull(&pull).outcome
        pages += 1
      }
      outcomes[record.agency] = outcome
      if case .failed = outcome { continue }
      // The loop of that peer may be resting after a failure that is over.
      signals.end(restOf: record.agency)
    }
    return outcomes
  }

  /// A session with a peer; nil when it cannot be dialled.
  package func session(with peer: AgencyCode) async -> PeerSession<S>? {
    guard let client = await clients.client(for: peer) else { return nil }
    return PeerSession(
      desk: desk, client: client, states: states, figures: figures, turns: turns,
      recoveries: recoveries, logger: logger,
      unverified: { [clients] in clients.unverified(for: peer) })
  }

  /// Reads the peers from the directory, and whether strangers may connect.
  package func readDirectory() async {
    do {
      book.set(openInvitations: try await openInvitations())
      guard let (view, isHoled) = try await desk.store.read(KnownDirectory()) else { return }
      // What is left of a directory with a hole knows fewer addresses and withdrawn keys than it
      // did, and the repair has to reach somebody.
      if isHoled, !book.peers.isEmpty { return }
      book.replace(PeerRecord.all(in: view, except: desk.signatory.agency))
      let own = view.particulars(of: desk.signatory.agency)
      book.set(isBehindGateway: own?.gateway == true)
      signals.set(isDialledByOthers: own.flatMap { PeerEndpoint($0.endpoint) } != nil)
    } catch {
      logger.warning("the directory cannot be read", metadata: ["error": "\(error)"])
    }
  }

  /// Pulls from one peer, and pushes to it when nobody can dial us, until it leaves the directory.
  private func follow(_ peer: AgencyCode) async {
    await withDiscardingTaskGroup { group in
      group.addTask { await pushing(to: peer) }
      await pulling(from: peer)
      group.cancelAll()
    }
  }

  private func pulling(from peer: AgencyCode) async {
    var pull: PullSession?
    var backoff = Backoff()
    while !Task.isCancelled, book.peer(peer) != nil {
      let rings = signals.rings(.directory)
      let rests = signals.endedRests(of: peer)
      guard let session = await session(with: peer) else {
        await signals.wait(.directory, past: rings, atMost: Limits.lookAgain)
        continue
      }
      do {
        var current =
          if let pull { pull } else {
            try await session.makePull(waitSeconds: Limits.pollSeconds)
          }
        let step = try await session.pull(&current)
        pull = current
        backoff.reset()
        if let rest = step.rest {
          await signals.rest(from: peer, past: rests, atMost: rest)
        }
      } catch {
        pull = nil
        await rest(after: error, with: peer, &backoff)
      }
    }
  }

  private func pushing(to peer: AgencyCode) async {
    var backoff = Backoff()
    while !Task.isCancelled, book.peer(peer) != nil {
      let rings = desk.bell.rings(for: peer)
      if !signals.isDialledByOthers, let session = await session(with: peer) {
        do {
          var push = try await session.makePush()
          var step = try await session.push(&push)
          while step.outcome != .nothing {
            if let rest = step.rest { try await Task.sleep(for: rest) }
            step = try await session.push(&push)
          }
          backoff.reset()
        } catch {
          await rest(after: error, with: peer, &backoff)
          continue
        }
      }
      await desk.bell.wait(for: peer, past: rings, atMost: Limits.lookAgain)
    }
  }

  /// Our own database failed: rest and try again, unless we were told to stop.
  private func rest(
    after error: any Error, with peer: AgencyCode, _ backoff: inout Backoff
  ) async {
    guard !(error is CancellationError), !Task.isCancelled else { return }
    logger.error(
      "an exchange failed here", metadata: ["peer": "\(peer)", "error": "\(error)"])
    var generator = SystemRandomNumberGenerator()
    try? await Task.sleep(for: backoff.next(using: &generator))
  }
}

/// What the loops of a node tell each other.
package final class SyncSignals: Sendable {
  /// What is to be looked at again.
  package enum Topic: Sendable {
    /// The directory.
    case directory
    /// What is missing.
    case wanted
    /// What the node does by itself.
    case standing
    /// Whom to compare with.
    case comparison
    /// Whether the database went back in time.
    case restored
    /// Which attachments lack pieces.
    case attachments
  }

  private let directory = Bell()
  private let wanted = Bell()
  private let standing = Bell()
  private let rested = Bell()
  private let comparison = Bell()
  private let restored = Bell()
  private let attachments = Bell()
  private let own: AgencyCode
  private let dialled = Mutex(true)

  /// Makes the signals of the node of `own`.
  package init(own: AgencyCode) {
    self.own = own
  }

  /// Says that there is something to look at.
  package func ring(_ topic: Topic) {
    bell(topic).ring([own])
  }

  /// Rings for everybody whom a page or fetched change sets concern.
  package func settle(_ aftermath: Aftermath, bell: Bell) {
    bell.ring(aftermath.readers)
    ring(.standing)
    ring(.attachments)
    if aftermath.changedDirectory { ring(.directory) }
    if aftermath.isWanting { ring(.wanted) }
    if !aftermath.comparing.isEmpty { ring(.comparison) }
  }

  /// Whether other nodes can dial this one; if not, it pushes what it owes them.
  package var isDialledByOthers: Bool { dialled.withLock { $0 } }

  func set(isDialledByOthers: Bool) {
    dialled.withLock { $0 = isDialledByOthers }
  }

  func rings(_ topic: Topic) -> UInt64 {
    bell(topic).rings(for: own)
  }

  func wait(_ topic: Topic, past rings: UInt64, atMost time: Duration) async {
    await bell(topic).wait(for: own, past: rings, atMost: time)
  }

  /// Rests, and waits then.
  ///
  /// Rings that come close upon each other are one look, for work that nobody waits for. What was
  /// rung during the rest is not lost.
  func wait(
    _ topic: Topic, past rings: UInt64, restingFirst rest: Duration, atMost time: Duration
  ) async {
    try? await Task.sleep(for: rest)
    await wait(topic, past: rings, atMost: time)
  }

  /// Ends the rest that the loop of a peer takes after a failure: the peer has answered since.
  func end(restOf peer: AgencyCode) {
    rested.ring([peer])
  }

  /// How often the rest from a peer was ended; to be read before the step that may fail.
  func endedRests(of peer: AgencyCode) -> UInt64 {
    rested.rings(for: peer)
  }

  /// Rests from a peer until the time is over or somebody has heard it.
  func rest(from peer: AgencyCode, past ended: UInt64, atMost time: Duration) async {
    await rested.wait(for: peer, past: ended, atMost: time)
  }

  private func bell(_ topic: Topic) -> Bell {
    switch topic {
    case .directory: directory
    case .wanted: wanted
    case .standing: standing
    case .comparison: comparison
    case .restored: restored
    case .attachments: attachments
    }
  }
}
