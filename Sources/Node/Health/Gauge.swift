/// A value of this moment that `/metrics` shows, read at every scrape.
///
/// Names are fixed here and never change their meaning; labels carry codes of agencies, reasons and
/// kinds, never anything of a case.
package struct Gauge: Sendable, Equatable {
  /// What is shown.
  package enum Name: String, Sendable, CaseIterable {
    /// Always 1, with the version and the commit as labels.
    case build = "guantong_build_info"
    /// 1 when the node can do its work.
    case ready = "guantong_ready"
    /// Peers in the directory.
    case peers = "guantong_peers"
    /// Peers whose last exchange failed.
    case failing = "guantong_peers_failing"
    /// Deliveries that wait for a peer.
    case outgoing = "guantong_peer_outgoing"
    /// Deliveries that a peer has for this node.
    case incoming = "guantong_peer_incoming"
    /// When something came from a peer last.
    case received = "guantong_peer_last_received_timestamp_seconds"
    /// How far the clock of a peer is ahead.
    case clock = "guantong_peer_clock_ahead_seconds"
    /// Change sets held, by peer and reason.
    case held = "guantong_held_change_sets"
    /// Bytes held, by peer.
    case heldBytes = "guantong_held_bytes"
    /// Deliveries in quarantine, by peer and reason.
    case quarantined = "guantong_quarantined_deliveries"
    /// What has no effect, by reason.
    case void = "guantong_void_entries"
    /// Fork proofs, by author.
    case forks = "guantong_forks"
    /// Alarms, by peer and kind.
    case alarms = "guantong_alarms"
    /// Dossiers that wait for a later build.
    case upgrade = "guantong_dossiers_needing_upgrade"

    /// What the exposition says about it.
    package var help: String {
      switch self {
      case .build: "Always 1; the labels say what is running."
      case .ready: "Whether the node can do its work."
      case .peers: "Peers in the directory."
      case .failing: "Peers whose last exchange failed."
      case .outgoing: "Deliveries that wait for the peer or its receipt."
      case .incoming: "Deliveries that the peer has announced and that are not here."
      case .received: "When something came from the peer last; absent when it was never heard."
      case .clock: "Seconds that the peer's clock is ahead of ours."
      case .held: "Change sets held, by peer that delivered them and reason."
      case .heldBytes: "Bytes held, by peer that delivered them."
      case .quarantined: "Deliveries in quarantine, by peer and reason."
      case .void: "Stored change sets, parts and records without effect, by reason."
      case .forks: "Places of a chain with two change sets, by author."
      case .alarms: "Alarms noticed, by peer and kind."
      case .upgrade: "Dossiers with something that only a later build reads; absent when none."
      }
    }
  }

  /// What it is.
  package var name: Name
  /// Label names and values.
  package var labels: [String: String]
  /// Its value.
  package var value: Double

  /// Makes a gauge.
  package init(_ name: Name, _ value: Double, labels: [String: String] = [:]) {
    self.name = name
    self.labels = labels
    self.value = value
  }
}
