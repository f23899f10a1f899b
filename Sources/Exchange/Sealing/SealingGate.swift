package import Ledger

/// Whether this node may seal after a start.
///
/// A node that went back in time would sign a second history. So after every start nothing is
/// sealed until every peer that can be reached, and at least one, has compared the outbox and the
/// heads, or an operator overrides with a reason.
package struct SealingGate: Sendable, Equatable {
  /// What a peer's comparison gave.
  package enum Comparison: Sendable, Equatable {
    /// The peer shows nothing that is not here.
    case agrees
    /// The peer proves numbers or change sets of ours that are not here.
    case ahead
    /// The peer claims such numbers or change sets and proves none: that neither opens the gate nor
    /// keeps it closed, or any peer could stop this node from writing by a word.
    case unproven
    /// The peer could not be reached.
    case unreachable
  }

  private var waiting: Set<AgencyCode>
  private var agreed: Set<AgencyCode> = []
  private var ahead: Set<AgencyCode> = []
  /// Why an operator opened the gate; nil when none did.
  package private(set) var overrideReason: String?

  /// Closed until these peers have been asked.
  package init(peers: some Sequence<AgencyCode>) {
    waiting = Set(peers)
  }

  /// A gate that is open: for a node that has never sealed anything, and for tests.
  package static let open: SealingGate = {
    var gate = SealingGate(peers: [])
    gate.override(reason: "nothing was sealed yet")
    return gate
  }()

  /// Whether sealing is allowed.
  package var isOpen: Bool {
    overrideReason != nil || (waiting.isEmpty && ahead.isEmpty && !agreed.isEmpty)
  }

  /// The peers not asked yet, ascending.
  package var peersWaiting: [AgencyCode] { waiting.sorted() }

  /// The peers that proved what is not here, ascending.
  package var peersAhead: [AgencyCode] { ahead.sorted() }

  /// Notes what a peer's comparison gave; a later one replaces an earlier one.
  package mutating func compared(_ peer: AgencyCode, _ comparison: Comparison) {
    waiting.remove(peer)
    agreed.remove(peer)
    ahead.remove(peer)
    switch comparison {
    case .agrees: agreed.insert(peer)
    case .ahead: ahead.insert(peer)
    case .unproven, .unreachable: break
    }
  }

  /// Opens the gate by an operator's decision.
  package mutating func override(reason: String) {
    overrideReason = reason
  }
}
