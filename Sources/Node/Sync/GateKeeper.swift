package import Exchange
package import Ledger
import Synchronization

/// Holds the gate that keeps this node from sealing before a peer has confirmed where it stands.
package final class GateKeeper: Sendable {
  private let gate: Mutex<SealingGate>

  /// Starts with a gate.
  package init(_ gate: SealingGate) {
    self.gate = Mutex(gate)
  }

  /// The gate as it is now.
  package var current: SealingGate { gate.withLock { $0 } }

  /// Whether this node may seal.
  package var isOpen: Bool { current.isOpen }

  /// Replaces the gate: at the start, once it is known whether there is anything to confirm.
  package func replace(_ gate: SealingGate) {
    self.gate.withLock { $0 = gate }
  }

  /// Notes what a peer's comparison gave.
  package func compared(_ peer: AgencyCode, _ comparison: SealingGate.Comparison) {
    gate.withLock { $0.compared(peer, comparison) }
  }

  /// Opens it by an operator's decision.
  package func override(reason: String) {
    gate.withLock { $0.override(reason: reason) }
  }
}
