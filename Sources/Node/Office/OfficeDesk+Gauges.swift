import Exchange
import Ledger
import Office

extension OfficeDesk {
  /// Everything that `/metrics` shows of this moment; without the database only what the process
  /// knows by itself.
  func gauges() async -> [Gauge] {
    let isReady = await readiness().allSatisfy(\.isReady)
    let contacts = states.all
    var gauges = [
      Gauge(
        .build, 1,
        labels: [
          "version": configuration.build.version, "commit": configuration.build.commit,
        ]),
      Gauge(.ready, isReady ? 1 : 0),
      Gauge(.peers, Double(book.peers.count)),
      Gauge(.failing, Double(contacts.values.count { $0.fault != nil })),
    ]
    for (peer, contact) in contacts {
      guard let clock = contact.clock else { continue }
      gauges.append(Gauge(.clock, Double(clock.seconds), labels: ["peer": peer.rawValue]))
    }
    guard let readings = try? await office.readings() else { return gauges }
    for (peer, counts) in readings.peers {
      let labels = ["peer": peer.rawValue]
      gauges.append(Gauge(.outgoing, Double(counts.outgoing), labels: labels))
      gauges.append(Gauge(.incoming, Double(counts.incoming), labels: labels))
      if let time = counts.receivedAt {
        gauges.append(Gauge(.received, Double(time.microseconds) / 1e6, labels: labels))
      }
    }
    gauges += readings.tallies.map { tally in
      var labels = tally.agency.map { [Self.label(of: tally.kind): $0] } ?? [:]
      if let code = tally.code { labels[tally.kind == .alarm ? "kind" : "reason"] = code }
      return Gauge(Self.name(of: tally.kind), Double(tally.count), labels: labels)
    }
    return gauges
  }

  private static func name(of kind: Office.Tally.Kind) -> Gauge.Name {
    switch kind {
    case .held: .held
    case .heldBytes: .heldBytes
    case .quarantined: .quarantined
    case .void: .void
    case .fork: .forks
    case .alarm: .alarms
    case .upgrade: .upgrade
    }
  }

  private static func label(of kind: Office.Tally.Kind) -> String {
    kind == .fork ? "author" : "peer"
  }
}
