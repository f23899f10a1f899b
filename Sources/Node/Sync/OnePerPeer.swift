import Ledger
import Synchronization

/// The peers for which something runs of which there is to be one for each: a loop, a comparison,
/// the answer to a question.
final class OnePerPeer: Sendable {
  private let peers = Mutex<Set<AgencyCode>>([])

  /// Whether it may begin for a peer: not while it runs.
  func begin(_ peer: AgencyCode) -> Bool {
    peers.withLock { $0.insert(peer).inserted }
  }

  /// Lets the next one begin.
  func end(_ peer: AgencyCode) {
    peers.withLock { _ = $0.remove(peer) }
  }
}
