import Casework
package import Exchange
package import Ledger
import Postgres
import Replica

extension Office {
  /// What the process knows about itself and its connections, for `status`.
  package struct Process: Sendable {
    /// Whether it takes requests.
    package var isReady: Bool
    /// Why it does not, one code each.
    package var notReady: [String]
    /// Peers whose last attempt failed, with why.
    package var faults: [AgencyCode: PeerFault]
    /// How far the clocks of peers that have answered are ahead of ours.
    package var clocks: [AgencyCode: ClockDifference]
    /// The keys kept for hosted agencies.
    package var hosted: [AgencyCode: HostedKey]

    /// Describes the process.
    package init(
      isReady: Bool, notReady: [String] = [], faults: [AgencyCode: PeerFault] = [:],
      clocks: [AgencyCode: ClockDifference] = [:], hosted: [AgencyCode: HostedKey] = [:]
    ) {
      self.isReady = isReady
      self.notReady = notReady
      self.faults = faults
      self.clocks = clocks
      self.hosted = hosted
    }
  }

  /// How the node and its peers are.
  package func status(
    _ request: API.StatusRequest, process: Process, in language: Language = .zh
  ) async throws -> API.Status {
    let only = try request.peer.flatMap { $0.isEmpty ? nil : try Field.agency($0, "peer") }
    return try await read { transaction in
      let node = try transaction.node()
      let view = try transaction.directory()?.current
      let routing = Routing(node: node.agency, view: view)
      var peers = routing.peers
      if let only {
        guard peers.contains(only) else {
          throw OfficeError(.peerUnknown, ["peer": only.rawValue])
        }
        peers = [only]
      }
      let counts = try PeerCounts.read(in: transaction.sql)
      let (shown, isCut) = API.cut(peers)
      let states = shown.map { peer in
        state(of: peer, counts[peer] ?? PeerCounts(), view, process, in: language)
      }
      return API.Status(
        agency: agency.rawValue, name: view?.agency(agency)?.entry.name,
        now: clock.now.description,
        node: API.NodeState(
          version: program.version, startedAt: program.startedAt.description,
          ready: process.isReady, notReady: process.notReady,
          sample: view?.isSample ?? clock.isMovable, directory: node.directory?.hex),
        peers: states, desks: Self.shown(process.hosted, at: node.agency, view),
        truncated: isCut)
    }
  }

  private func state(
    of peer: AgencyCode, _ counts: PeerCounts, _ view: DirectoryView?, _ process: Process,
    in language: Language
  ) -> API.PeerState {
    let fault = process.faults[peer]
    let clock = process.clocks[peer].flatMap { $0.isReported ? $0 : nil }
    let state =
      if view?.activeKey(of: peer) == nil {
        "revoked"
      } else if counts.forks > 0 {
        "forked"
      } else if fault != nil {
        "unreachable"
      } else if counts.receivedAt == nil {
        "pending"
      } else if counts.outgoing > 0 || counts.incoming > 0 || counts.held > 0 {
        "behind"
      } else {
        "equal"
      }
    return API.PeerState(
      agency: peer.rawValue, name: view?.agency(peer)?.entry.name, state: state,
      outgoing: counts.outgoing, incoming: counts.incoming, held: counts.held,
      rejected: counts.rejected, forks: counts.forks,
      lastReceivedAt: counts.receivedAt?.description,
      lastError: fault?.text(in: language), lastErrorCode: fault?.code,
      clockAheadSeconds: clock?.seconds, clockFlagged: clock?.isFlagged ?? false,
      dialable: view?.agency(peer)?.particulars?.endpoint.isEmpty == false)
  }
}

/// What the tables say about each peer, read in one statement.
struct PeerCounts {
  var outgoing = 0
  var incoming = 0
  var held = 0
  var rejected = 0
  var forks = 0
  var receivedAt: Timestamp?

  static func read(in transaction: borrowing Transaction) throws -> [AgencyCode: PeerCounts] {
    var result: [AgencyCode: PeerCounts] = [:]
    let rows = try transaction.rows(
      """
      SELECT 'outgoing', reader, count(*), NULL::timestamptz FROM exchange.queued GROUP BY reader
      UNION ALL SELECT 'outgoing', reader, number - receipted, NULL FROM exchange.outbox
      UNION ALL SELECT 'incoming', peer, announced - number, received_at FROM exchange.cursor
      UNION ALL SELECT 'held', sender, count(*), NULL FROM ledger.held GROUP BY sender
      UNION ALL SELECT 'rejected', sender, count(*), NULL FROM ledger.quarantine GROUP BY sender
      UNION ALL SELECT 'forks', author, count(*), NULL FROM ledger.fork GROUP BY author
      """)
    for row in rows {
      guard let agency = AgencyCode(try row.value(1, as: String.self)) else { continue }
      let count = max(0, try row.value(2, as: Int.self))
      switch try row.value(0, as: String.self) {
      case "outgoing": result[agency, default: PeerCounts()].outgoing += count
      case "incoming":
        result[agency, default: PeerCounts()].incoming += count
        result[agency, default: PeerCounts()].receivedAt = try row.value(3)
      case "held": result[agency, default: PeerCounts()].held += count
      case "rejected": result[agency, default: PeerCounts()].rejected += count
      default: result[agency, default: PeerCounts()].forks += count
      }
    }
    return result
  }
}
