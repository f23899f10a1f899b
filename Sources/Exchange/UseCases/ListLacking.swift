package import Ledger

/// Asks for the parts that their authors have opened to somebody who works here and that have not
/// come: from the author, and from the others to whom they were opened.
///
/// Equal heads say that two nodes hold the same change sets, and nothing about sealed parts; so a
/// part that was lost on its way is noticed by this list alone. Each list begins at another place,
/// so that what nobody gives is not all that is asked for.
package struct ListLacking: StoreWork {
  private let peers: [AgencyCode]
  private let dossier: DossierID?
  private let start: ChangeSetID

  /// Asks these peers, about one dossier or about all.
  ///
  /// - Parameters:
  ///   - peers: the peers.
  ///   - dossier: the one dossier; nil for all.
  ///   - start: where the list begins.
  package init(
    peers: [AgencyCode], dossier: DossierID? = nil,
    from start: ChangeSetID = Entropy.system.changeSetID()
  ) {
    self.peers = peers
    self.dossier = dossier
    self.start = start
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [ListWanted.Question] {
    let lacking = try transaction.lacking(
      of: dossier, from: start, limit: Limits.fetchIDsMax)
    guard !lacking.isEmpty else { return [] }
    let directory = try transaction.directory()
    guard directory?.isHoled != true else { return [] }
    let routing = Routing(node: try transaction.node().agency, view: directory?.current)
    let dossiers = Set(lacking.values).sorted()
    let held = try transaction.heldExclusions(in: dossiers)
    let graphs = try transaction.graphs(dossiers)
    var questions: [AgencyCode: [ChangeSetID]] = [:]
    for (id, dossier) in lacking.sorted(by: { $0.key < $1.key }) {
      guard let graph = graphs[dossier], let changeSet = graph.changeSet(id) else { continue }
      let audience = Audience(
        graph: graph, routing: routing, isDirectory: false, held: held[dossier] ?? [])
      for peer in audience.askable(forPartsOf: changeSet) where peers.contains(peer) {
        questions[peer, default: []].append(id)
      }
    }
    return questions.sorted { $0.key < $1.key }.map { peer, ids in
      ListWanted.Question(peer: peer, request: FetchRequest(ids: ids))
    }
  }
}
