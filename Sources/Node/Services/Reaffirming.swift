package import Exchange
package import Ledger
package import Logging
import ServiceLifecycle

/// Re-affirms, after a rotation of this agency's key, everything it has ever written; and the same
/// for each agency that this node hosts.
///
/// Once the directory names our key as the one in force and an older one as replaced, the own
/// chains are fetched from all peers at once, and one change set under the new key is written in
/// every dossier, a seal of at most 1,024 at a time. It is news to no person, and is offered at
/// once to whoever waits at this node: until it arrives what stands under the old key shows 待确认. A
/// dossier that has one is passed over, so that after a crash it goes on where it was.
package struct Reaffirming<S: Store>: Service {
  /// Where it is kept that a key has re-affirmed everything.
  package struct Memory: Sendable {
    /// The key that has; nil for none.
    package var key: @Sendable () async throws -> KeyID?
    /// Keeps it.
    package var keep: @Sendable (KeyID) async throws -> Void

    /// Makes a memory of two closures.
    package init(
      key: @escaping @Sendable () async throws -> KeyID?,
      keep: @escaping @Sendable (KeyID) async throws -> Void
    ) {
      self.key = key
      self.keep = keep
    }
  }

  /// An agency with its key, and where it is kept what is done for it.
  package struct Author: Sendable {
    let signatory: Signatory
    let memory: Memory

    /// Pairs them.
    package init(_ signatory: Signatory, _ memory: Memory) {
      self.signatory = signatory
      self.memory = memory
    }
  }

  private let store: S
  private let own: Author
  private let hosted: @Sendable () async throws -> [Author]
  private let gate: GateKeeper
  private let book: PeerBook
  private let sessions: @Sendable (AgencyCode) async -> PeerSession<S>?
  private let signals: SyncSignals
  private let businessTime: @Sendable () -> Timestamp
  private let wake: @Sendable ([AgencyCode]) -> Void
  private let logger: Logger

  /// Makes the work.
  ///
  /// - Parameters:
  ///   - store: where the dossiers are.
  ///   - signatory: this node with the key it signs with.
  ///   - gate: whether sealing is allowed.
  ///   - book: the peers.
  ///   - sessions: a session with a peer; nil when it cannot be dialled.
  ///   - signals: rung when the directory changes.
  ///   - memory: where it is kept that it is done.
  ///   - hosted: the agencies that work on this node beside its own.
  ///   - businessTime: the business clock.
  ///   - wake: wakes the readers that wait for something new.
  ///   - logger: where it logs.
  package init(
    store: S, signatory: Signatory, gate: GateKeeper, book: PeerBook,
    sessions: @escaping @Sendable (AgencyCode) async -> PeerSession<S>?,
    signals: SyncSignals, memory: Memory,
    hosted: @escaping @Sendable () async throws -> [Author] = { [] },
    businessTime: @escaping @Sendable () -> Timestamp,
    wake: @escaping @Sendable ([AgencyCode]) -> Void, logger: Logger
  ) {
    self.store = store
    own = Author(signatory, memory)
    self.hosted = hosted
    self.gate = gate
    self.book = book
    self.sessions = sessions
    self.signals = signals
    self.businessTime = businessTime
    self.wake = wake
    self.logger = logger
  }

  /// Looks whenever the directory changes, until the node stops.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let rings = signals.rings(.directory)
        do {
          let count = try await step()
          if let count {
            logger.notice(
              "everything written under the former key is re-affirmed",
              metadata: ["dossiers": "\(count)"])
          }
        } catch {
          logger.warning("re-affirming failed; it goes on", metadata: ["error": "\(error)"])
        }
        let isWaiting = (try? await isWaiting()) == true
        await signals.wait(
          .directory, past: rings,
          atMost: isWaiting ? Limits.reaffirmAgain : Limits.lookAgain)
      }
    }
    try? await gracefulShutdown()
  }

  /// Whether a rotation is not re-affirmed yet: for the gate, or for a peer that did not answer.
  private func isWaiting() async throws -> Bool {
    for author in [own] + (try await hosted()) where try await isDue(author) { return true }
    return false
  }

  /// Whether an author's key was rotated and what it wrote is not re-affirmed yet.
  private func isDue(_ author: Author) async throws -> Bool {
    guard try await store.read(IsRotated(signatory: author.signatory)) else { return false }
    return try await author.memory.key() != author.signatory.key.keyID
  }

  /// Re-affirms everything when there is a rotation that has not been.
  ///
  /// What fails for one author keeps no other from it.
  ///
  /// - Returns: the dossiers written in; nil when there is nothing to do or it cannot be done now.
  /// - Throws: the first failure of our own database, or refusal of a seal, after every author.
  package func step() async throws -> Int? {
    guard gate.isOpen else { return nil }
    var total: Int?
    var failure: (any Error)?
    var due: [Author] = []
    for author in [own] + (try await hosted()) {
      do {
        if try await isDue(author) { due.append(author) }
      } catch {
        failure = failure ?? error
      }
    }
    // The first change set under a new key chooses the branch, so what is not here is fetched
    // first, from everybody who answers, for all authors together.
    var answered: Set<AgencyCode> = []
    if !due.isEmpty { answered = try await book.answering { try await recover(from: $0) } }
    if answered.isEmpty, !book.peers.isEmpty { due = [] }
    for author in due {
      do {
        if let count = try await step(author, answered) { total = (total ?? 0) + count }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return total
  }

  private func recover(from peer: AgencyCode) async throws -> Bool {
    do {
      return try await sessions(peer)?.recover().isWhole == true
    } catch let error as NodeError {
      logger.info(
        "a peer could not give back what this node wrote",
        metadata: ["peer": "\(peer)", "error": "\(error)"])
      return false
    }
  }

  private func step(_ author: Author, _ answered: Set<AgencyCode>) async throws -> Int? {
    let (signatory, memory) = (author.signatory, author.memory)
    let hosts = try await store.read(FormerHosts(agency: signatory.agency))
    if let silent = hosts.subtracting(answered).min() {
      logger.notice(
        "a former host has not given back what this agency wrote there; nothing is re-affirmed yet",
        metadata: ["host": "\(silent)"])
      return nil
    }
    var (count, isWhole) = (0, true)
    var after: DossierID?
    repeat {
      try Task.checkCancellation()
      let page = try await store.write(
        Reaffirm(author: signatory, after: after, now: businessTime(), gate: gate.current)
      ).get()
      wake(page.readers)
      count += page.changeSets.count
      isWhole = isWhole && page.isWhole
      after = page.last
    } while after != nil
    guard isWhole else {
      logger.notice(
        "dossiers with a hole in their log are re-affirmed once it is filled",
        metadata: ["reaffirmed": "\(count)", "next": "guantong reconcile --self --repair"])
      return nil
    }
    try await memory.keep(signatory.key.keyID)
    return count
  }
}

/// The nodes on which the agency worked before.
///
/// They may hold what nobody else does, and what a re-affirmation leaves out is void. A host whose
/// keys are all suspended is not waited for.
private struct FormerHosts: StoreWork {
  let agency: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Set<AgencyCode> {
    guard let view = try transaction.directory()?.current else { return [] }
    return (view.agency(agency)?.formerHosts ?? []).filter { host in
      view.activeKey(of: host) != nil && host != view.host(of: agency)
    }
  }
}

/// Whether the agency works on this node, and the key it signs with here is its key in force and
/// another was before it.
private struct IsRotated: StoreWork {
  let signatory: Signatory

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    guard let view = try transaction.directory()?.current,
      view.host(of: signatory.agency) == (try transaction.node().agency),
      view.activeKey(of: signatory.agency)?.id == signatory.key.keyID,
      let keys = view.agency(signatory.agency)?.keys
    else { return false }
    return keys.contains { $0.id != signatory.key.keyID && $0.withdrawnBy != nil }
  }
}
