package import Exchange
package import Ledger

/// What a start needs to know about this node out of its store.
package struct NodeStanding: Sendable, Equatable {
  /// Whether the directory lists the own agency.
  package var isListed: Bool
  /// Whether the log of the directory has a hole: then it may list less than it did.
  package var isHoled: Bool
  /// Whether the database is known to have gone back in time.
  package var isRestored: Bool
  /// Whether this node has ever sealed anything.
  package var hasSealed: Bool
  /// The other nodes, ascending by the agency that runs each.
  package var peers: [AgencyCode]
  /// The registrar; nil before there is a directory.
  package var registrar: AgencyCode?
  /// What the directory says about the own agency; nil until it lists it.
  package var entry: AgencyEntry?
}

/// Reads the standing in one snapshot.
package struct ReadStanding: StoreWork {
  /// Asks.
  package init() {}

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> NodeStanding {
    let node = try transaction.node()
    let directory = try transaction.directory()
    let view = directory?.current
    let entry = view?.agency(node.agency)?.entry
    return NodeStanding(
      isListed: entry != nil, isHoled: directory?.isHoled == true,
      isRestored: node.restored != nil, hasSealed: node.hasSealed,
      peers: Routing(node: node.agency, view: view).peers, registrar: view?.registrar,
      entry: entry)
  }
}
