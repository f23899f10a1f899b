import Ledger

/// The peers that may have change sets of these dossiers and may be asked for them, each with the
/// dossiers to ask it for: nodes of the authors first, ascending otherwise.
struct PeersOf: StoreWork {
  let dossiers: [DossierID]
  /// Who wrote what is asked for, as far as it is known.
  ///
  /// An author has every part of it, another member those that it may see.
  var authors: Set<AgencyCode> = []

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [(AgencyCode, Set<DossierID>)] {
    let node = try transaction.node()
    let directory = try transaction.directory()
    let routing = Routing(node: node.agency, view: directory?.current)
    var peers: [AgencyCode: Set<DossierID>] = [:]
    if let pinned = node.directory, dossiers.contains(pinned) {
      // Any node may be asked, and what is left of the directory may name nobody.
      let followed = try transaction.cursors().map(\.peer)
      for peer in routing.peers + followed where peer != node.agency { peers[peer] = [pinned] }
    }
    // Where a member works now may stand in an entry that is lost, and a question tells of its
    // dossier.
    let others = directory?.isHoled == true ? [] : Set(dossiers.filter { $0 != node.directory })
    for page in others.sorted().slices(of: Limits.dossiersPerLookMax) {
      let summaries = try transaction.summaries(page)
      let held = try transaction.heldExclusions(in: page)
      let graphs = try transaction.graphs(page)
      for dossier in page {
        var empty = DossierGraph(dossier)
        empty.hole = LogHole(summaries[dossier])
        let audience = Audience(
          graph: graphs[dossier] ?? empty, routing: routing, isDirectory: false,
          held: held[dossier] ?? [])
        for peer in audience.askableForHoles(orElse: summaries[dossier]?.former ?? []) {
          peers[peer, default: []].insert(dossier)
        }
      }
    }
    let first = Set(authors.map { routing.host(of: $0) })
    let (writers, readers) = (
      peers.keys.filter(first.contains), peers.keys.filter { !first.contains($0) }
    )
    return (writers.sorted() + readers.sorted()).map { ($0, peers[$0] ?? []) }
  }
}
