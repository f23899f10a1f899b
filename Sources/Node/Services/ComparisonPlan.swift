package import Ledger
import Synchronization

/// Why a node compares with a peer by itself.
package enum ComparisonReason: String, Sendable, Hashable, Comparable {
  /// The peer claims to have more of us than we have: it is asked for the proof.
  case claim
  /// The peer has a new outbox: what it lost the numbers of is found by comparing.
  case newOutbox = "new-outbox"
  /// An agency here was let again into a dossier that the peer may hold: what it was not told while
  /// it was out is found by comparing.
  case regrant
  /// A day has passed.
  case daily

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// When to compare with whom: a value that knows no clock.
package struct ComparisonPlan: Sendable {
  private var noted: [AgencyCode: Set<ComparisonReason>] = [:]
  private var nextDaily: [AgencyCode: ContinuousClock.Instant] = [:]
  /// When a peer was last compared with for what it can bring about at will.
  private var last: [AgencyCode: [ComparisonReason: ContinuousClock.Instant]] = [:]
  private var hasUnknownKey = false
  private var lastUnknownKey: ContinuousClock.Instant?

  /// Plans nothing yet.
  package init() {}

  /// Notes that a peer is to be compared with.
  package mutating func note(_ peer: AgencyCode, _ reason: ComparisonReason) {
    noted[peer, default: []].insert(reason)
  }

  /// Gives what is due now, and plans the next time.
  ///
  /// A peer's first day begins at random, so that a start does not compare with everybody at once.
  ///
  /// - Parameters:
  ///   - peers: the peers there are; others are forgotten.
  ///   - now: the time.
  ///   - generator: for the jitter.
  /// - Returns: peers with the reason, by peer.
  package mutating func take(
    of peers: [AgencyCode], at now: ContinuousClock.Instant,
    using generator: inout some RandomNumberGenerator
  ) -> [(peer: AgencyCode, reason: ComparisonReason)] {
    let known = Set(peers)
    noted = noted.filter { known.contains($0.key) }
    nextDaily = nextDaily.filter { known.contains($0.key) }
    last = last.filter { known.contains($0.key) }
    var due: [(peer: AgencyCode, reason: ComparisonReason)] = []
    for peer in peers {
      if let planned = nextDaily[peer] {
        if planned <= now { note(peer, .daily) }
      } else {
        nextDaily[peer] = now + Limits.comparisonEvery * Double.random(in: 0...1, using: &generator)
      }
      for reason in (noted[peer] ?? []).sorted() {
        if reason != .daily {
          if let last = last[peer]?[reason], now - last < Limits.claimPause { continue }
          last[peer, default: [:]][reason] = now
        }
        if reason != .claim {
          let jitter = Double.random(
            in: -Limits.comparisonJitter...Limits.comparisonJitter, using: &generator)
          nextDaily[peer] = now + Limits.comparisonEvery * (1 + jitter)
        }
        noted[peer]?.remove(reason)
        due.append((peer, reason))
      }
    }
    return due
  }

  /// Notes that a key was used that the directory here does not know.
  package mutating func noteUnknownKey() { hasUnknownKey = true }

  /// Whether to ask for the directory now: at most once in a pause, whoever knocks how often.
  package mutating func takeUnknownKey(at now: ContinuousClock.Instant) -> Bool {
    guard hasUnknownKey else { return false }
    if let last = lastUnknownKey, now - last < Limits.claimPause { return false }
    hasUnknownKey = false
    lastUnknownKey = now
    return true
  }
}

/// The plan of a running node, noted in from everywhere.
package final class ComparisonBook: Sendable {
  private let plan = Mutex(ComparisonPlan())

  /// Plans nothing yet.
  package init() {}

  /// Notes that a peer is to be compared with.
  package func note(_ peer: AgencyCode, _ reason: ComparisonReason) {
    plan.withLock { $0.note(peer, reason) }
  }

  /// Notes that a key was used that the directory here does not know.
  package func noteUnknownKey() {
    plan.withLock { $0.noteUnknownKey() }
  }

  func takeUnknownKey() -> Bool { plan.withLock { $0.takeUnknownKey(at: .now) } }

  func take(of peers: [AgencyCode]) -> [(peer: AgencyCode, reason: ComparisonReason)] {
    var generator = SystemRandomNumberGenerator()
    return plan.withLock { $0.take(of: peers, at: .now, using: &generator) }
  }
}
