import Synchronization

/// The node's counters and gauges, written out for Prometheus.
///
/// Names are fixed here; labels never carry anything of a case.
package final class Figures: Sendable {
  /// What is counted.
  package enum Counter: String, Sendable, CaseIterable {
    /// Requests of peers, by route and outcome.
    case peerRequest = "guantong_peer_requests_total"
    /// Answers that could not be signed because the request's signature field was damaged.
    case peerUnsigned = "guantong_peer_unsigned_answers_total"
    /// Pages pulled from peers, by peer and outcome.
    case pull = "guantong_pulls_total"
    /// Pages pushed to peers, by peer and outcome.
    case push = "guantong_pushes_total"
    /// Change sets that came in, by peer and verdict.
    case received = "guantong_change_sets_received_total"
    /// TLS handshakes refused because nobody has published that certificate.
    case strangerRefused = "guantong_tls_strangers_refused_total"
    /// Requests of the office interface, by route and outcome.
    case officeRequest = "guantong_office_requests_total"

    var help: String {
      switch self {
      case .peerRequest: "Requests of peers, by route and problem code."
      case .peerUnsigned: "Answers to peers that could not be signed."
      case .pull: "Delivery pages pulled, by peer and outcome."
      case .push: "Delivery pages pushed, by peer and outcome."
      case .received: "Change sets received, by peer and verdict."
      case .strangerRefused: "TLS handshakes refused for an unpublished certificate."
      case .officeRequest: "Requests of the office interface, by route and problem code."
      }
    }
  }

  private struct Series: Hashable {
    let counter: Counter
    let labels: String
  }

  private let counts = Mutex<[Series: UInt64]>([:])

  /// Makes figures that all stand at zero.
  package init() {}

  /// Adds to a counter.
  ///
  /// - Parameters:
  ///   - counter: which one.
  ///   - labels: label names and values; few values only, each makes a series.
  ///   - amount: how much, 1 unless told.
  package func count(_ counter: Counter, labels: [String: String], by amount: UInt64 = 1) {
    let text = labels.sorted { $0.key < $1.key }
      .map { "\($0.key)=\(JSONText.quoted($0.value))" }
      .joined(separator: ",")
    counts.withLock { $0[Series(counter: counter, labels: text), default: 0] += amount }
  }

  /// The exposition text (Prometheus format 0.0.4), series in order of name and labels.
  ///
  /// `gauges` are values read at this moment, each with name, help and value.
  package func exposition(gauges: [(name: String, help: String, value: Double)]) -> String {
    let counts = counts.withLock { $0 }
    var text = ""
    for counter in Counter.allCases {
      text += "# HELP \(counter.rawValue) \(counter.help)\n# TYPE \(counter.rawValue) counter\n"
      let series = counts.filter { $0.key.counter == counter }
      for (key, value) in series.sorted(by: { $0.key.labels < $1.key.labels }) {
        let labels = key.labels.isEmpty ? "" : "{\(key.labels)}"
        text += "\(counter.rawValue)\(labels) \(value)\n"
      }
    }
    for gauge in gauges {
      text += "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n"
      text += "\(gauge.name) \(gauge.value)\n"
    }
    return text
  }
}
