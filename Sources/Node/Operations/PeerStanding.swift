package import Exchange
package import Ledger

/// How this node and one peer stand to each other, as far as the store knows.
package struct PeerStanding: Sendable, Equatable {
  /// The peer.
  package var agency: AgencyCode
  /// Its name in the directory.
  package var name: String
  /// Lines of our outbox that it has not receipted.
  package var outgoing: Int
  /// Lines it has announced that are not here.
  package var incoming: Int
  /// Change sets from it that wait for something.
  package var held: Int
  /// Deliveries from it in quarantine.
  package var rejected: Int
  /// Forks noticed in what it wrote.
  package var forks: Int
  /// When something came from it last.
  package var receivedAt: Timestamp?
  /// Whether every key of it is withdrawn.
  package var isRevoked: Bool
}

/// What the store knows about this node and all its peers.
package struct NodeStanding: Sendable, Equatable {
  /// The name of the own agency in the directory; nil until it is in one.
  package var name: String?
  /// The pinned directory; nil before the first join.
  package var directory: DossierID?
  /// Whether the directory lists the own agency.
  package var isListed: Bool
  /// Whether the database is known to have gone back in time.
  package var isRestored: Bool
  /// Whether this node has ever sealed anything.
  package var hasSealed: Bool
  /// The peers, ascending by code.
  package var peers: [PeerStanding]
}

/// Reads the standing in one snapshot.
package struct ReadStanding: StoreWork {
  /// Asks.
  package init() {}

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> NodeStanding {
    let node = try transaction.node()
    let view = try transaction.directory()?.current
    var held: [AgencyCode: Int] = [:]
    for copy in try transaction.heldCopies(limit: Exchange.Limits.reportEntriesMax) {
      held[copy.sender, default: 0] += 1
    }
    var rejected: [AgencyCode: Int] = [:]
    for delivery in try transaction.quarantined(limit: Exchange.Limits.reportEntriesMax) {
      rejected[delivery.sender, default: 0] += 1
    }
    var forks: [AgencyCode: Int] = [:]
    for alarm in try transaction.alarms(limit: Exchange.Limits.reportEntriesMax)
    where alarm.kind == .fork {
      forks[alarm.peer, default: 0] += 1
    }
    var peers: [PeerStanding] = []
    for peer in Routing(node: node.agency, view: view).peers {
      let position = try transaction.position(of: peer)
      let cursor = try transaction.cursor(of: peer)
      let unreceipted = Int(clamping: position.number - min(position.receipted, position.number))
      let announced = cursor.map { $0.announced - min($0.number, $0.announced) } ?? 0
      peers.append(
        PeerStanding(
          agency: peer, name: view?.agency(peer)?.entry.name ?? "",
          outgoing: try transaction.queuedCount(for: peer) + unreceipted,
          incoming: Int(clamping: announced), held: held[peer] ?? 0,
          rejected: rejected[peer] ?? 0, forks: forks[peer] ?? 0,
          receivedAt: cursor?.receivedAt, isRevoked: view?.activeKey(of: peer) == nil))
    }
    return NodeStanding(
      name: view?.agency(node.agency)?.entry.name, directory: node.directory,
      isListed: view?.agency(node.agency) != nil, isRestored: node.restored != nil,
      hasSealed: node.hasSealed, peers: peers)
  }
}
