import Exchange
package import Ledger
import Synchronization

/// The turns of what takes memory for a peer: so many at once, one of each peer, and the rest in
/// the order in which they came.
package final class ComparisonTurns: Sendable {
  /// Too many were before it for as long as it would wait.
  package struct Crowded: Error {
    /// Makes the refusal.
    package init() {}
  }

  private struct Waiter: Sendable {
    let number: UInt64
    let peer: AgencyCode
    let turn: CheckedContinuation<Bool, Never>
  }

  private struct State: Sendable {
    var running: Set<AgencyCode> = []
    var waiters: [Waiter] = []
    var nextNumber: UInt64 = 0
  }

  private let state = Mutex(State())
  private let atOnceMax: Int
  private let timeMax: Duration
  private let pause: @Sendable (Duration) async throws -> Void

  /// Gives so many turns at once, a comparison's for so long; `pause` lets time pass.
  package init(
    atOnceMax: Int, timeMax: Duration = Limits.comparisonTimeMax,
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.atOnceMax = atOnceMax
    self.timeMax = timeMax
    self.pause = pause
  }

  /// The turns of peers that confirm where this node stands or give back what it wrote; `pause`
  /// lets time pass.
  package static func ofRecoveries(
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) -> ComparisonTurns {
    ComparisonTurns(
      atOnceMax: Limits.recoveriesAtOnceMax, timeMax: Limits.recoveryTimeMax, pause: pause)
  }

  /// Runs a comparison whose turn begins with the first answer: a peer that is away keeps nobody
  /// waiting, and one that answers slowly, or stops in the middle of an answer, not for ever.
  ///
  /// How long this node lets a peer wait for its turn is not held against it.
  ///
  /// - Parameters:
  ///   - peer: the peer.
  ///   - patience: how long it waits for its turn at the most; nil waits until it comes.
  ///   - asking: sends one question to the peer and gives the answer's body.
  ///   - compare: the comparison, which asks by what it is given.
  /// - Returns: what `compare` returns.
  /// - Throws: ``Crowded``; ``NodeError`` when its time is over; what `asking` and `compare` throw.
  func run<Result>(
    for peer: AgencyCode, waitingAtMost patience: Duration? = nil,
    asking: @escaping @Sendable (Reconciliation.Question) async throws -> [UInt8],
    _ compare: (_ ask: (Reconciliation.Question) async throws -> [UInt8]) async throws -> Result
  ) async throws -> Result {
    var begun: ContinuousClock.Instant?
    defer { if begun != nil { end(peer) } }
    return try await compare { question in
      let left = begun.map { timeMax - (ContinuousClock.now - $0) } ?? timeMax
      let answer: [UInt8]
      do {
        guard begun == nil || left > .zero else { throw TimeLimit.Exceeded() }
        answer = try await TimeLimit(left, pause: pause).during { try await asking(question) }
      } catch is TimeLimit.Exceeded {
        throw NodeError(
          .peerAnswer, object: peer.rawValue, message: "took too long to compare with",
          words: "reach.slow")
      }
      if begun == nil {
        try await begin(peer, waitingAtMost: patience)
        begun = .now
      }
      return answer
    }
  }

  /// Takes a turn for a peer, to be given back by ``end(_:)``.
  ///
  /// - Parameters:
  ///   - peer: the peer.
  ///   - patience: how long it waits at the most; nil waits until its turn comes.
  /// - Throws: ``Crowded`` when the turn did not come in time; `CancellationError`.
  package func begin(_ peer: AgencyCode, waitingAtMost patience: Duration? = nil) async throws {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    // Cancelled at the end of this scope.
    async let _: Void = expire(number, after: patience)
    let isGiven = await withTaskCancellationHandler {
      await turn(number, of: peer)
    } onCancel: {
      giveUp(number)
    }
    guard isGiven else {
      try Task.checkCancellation()
      throw Crowded()
    }
  }

  /// Gives a peer's turn to whoever has waited longest, of those whose peer has none.
  package func end(_ peer: AgencyCode) {
    let next = state.withLock { state -> Waiter? in
      state.running.remove(peer)
      guard state.running.count < atOnceMax,
        let place = state.waiters.firstIndex(where: { !state.running.contains($0.peer) })
      else { return nil }
      let waiter = state.waiters.remove(at: place)
      state.running.insert(waiter.peer)
      return waiter
    }
    next?.turn.resume(returning: true)
  }

  /// How many have a turn, and how many wait for one.
  var counts: (running: Int, waiting: Int) {
    state.withLock { ($0.running.count, $0.waiters.count) }
  }

  private func turn(_ number: UInt64, of peer: AgencyCode) async -> Bool {
    await withCheckedContinuation { turn in
      let isGiven = state.withLock { state -> Bool? in
        // Whoever was cancelled before it waited is not among those who give up.
        guard !Task.isCancelled else { return false }
        guard state.running.count < atOnceMax, !state.running.contains(peer) else {
          state.waiters.append(Waiter(number: number, peer: peer, turn: turn))
          return nil
        }
        state.running.insert(peer)
        return true
      }
      if let isGiven { turn.resume(returning: isGiven) }
    }
  }

  private func expire(_ number: UInt64, after patience: Duration?) async {
    guard let patience, (try? await Task.sleep(for: patience)) != nil else { return }
    giveUp(number)
  }

  private func giveUp(_ number: UInt64) {
    let waiter = state.withLock { state -> Waiter? in
      state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0) }
    }
    waiter?.turn.resume(returning: false)
  }
}
