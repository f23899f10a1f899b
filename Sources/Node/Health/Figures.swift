import Synchronization

/// The node's counters, written out for Prometheus with the gauges of the moment.
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
    /// Pieces of attachments asked of peers, by peer and outcome.
    case attachmentPiece = "guantong_attachment_pieces_total"
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
      case .attachmentPiece: "Pieces of attachments asked of peers, by peer and outcome."
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
    let series = Series(counter: counter, labels: Self.text(of: labels))
    counts.withLock { $0[series, default: 0] += amount }
  }

  /// The exposition text (Prometheus format 0.0.4): counters, then gauges, each in the order of its
  /// list, series in the order of their labels.
  ///
  /// - Parameter gauges: values read at this moment, in any order.
  /// - Returns: the text, whole lines.
  package func exposition(gauges: [Gauge]) -> String {
    let counts = counts.withLock { $0 }
    var text = ""
    for counter in Counter.allCases {
      text += Self.heading(counter.rawValue, counter.help, type: "counter")
      let series = counts.filter { $0.key.counter == counter }
      for (key, value) in series.sorted(by: { $0.key.labels < $1.key.labels }) {
        text += Self.line(counter.rawValue, key.labels, "\(value)")
      }
    }
    for name in Gauge.Name.allCases {
      text += Self.heading(name.rawValue, name.help, type: "gauge")
      let series = gauges.filter { $0.name == name }.map { (Self.text(of: $0.labels), $0.value) }
      for (labels, value) in series.sorted(by: { $0.0 < $1.0 }) {
        text += Self.line(name.rawValue, labels, "\(value)")
      }
    }
    return text
  }

  private static func text(of labels: [String: String]) -> String {
    labels.sorted { $0.key < $1.key }
      .map { "\($0.key)=\(JSONText.quoted($0.value))" }
      .joined(separator: ",")
  }

  private static func heading(_ name: String, _ help: String, type: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private static func line(_ name: String, _ labels: String, _ value: String) -> String {
    "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(value)\n"
  }
}
