import Ledger

/// What lacks in the logs of some dossiers, as a request to one peer: the holes by id, and of every
/// author what follows the last change set up to which nothing lacks.
///
/// One question then brings back a whole stretch, and what came while the hole kept it from being
/// taken. Who may be asked is what a repair would ask.
struct ListHoles: StoreWork {
  private let peer: AgencyCode
  private let dossiers: [DossierID]

  /// Looks into these dossiers, for a question to a peer.
  init(of dossiers: [DossierID], for peer: AgencyCode) {
    self.peer = peer
    self.dossiers = dossiers
  }

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> FetchRequest {
    guard !dossiers.isEmpty else { return FetchRequest() }
    let directory = try transaction.directory()
    let pinned = try transaction.node().directory
    let routing = Routing(node: try transaction.node().agency, view: directory?.current)
    // Of the directory any node may be asked, also one that what is left of it does not name.
    let open = try PeersOf(dossiers: dossiers).run(transaction).first { $0.0 == peer }?.1 ?? []
    let asked = Set(dossiers).filter { $0 == pinned || open.contains($0) }.sorted()
    let summaries = try transaction.summaries(asked)
    var request = FetchRequest()
    for batch in SelfCheck.batches(of: asked, try transaction.logBytes(asked)) {
      let logged = try transaction.logged(batch)
      for dossier in batch {
        let log = SoundLog(logged[dossier] ?? [], of: dossier, directory: directory)
        let holes = log.holes(heads: summaries[dossier]?.heads ?? [])
        guard !holes.isEmpty else { continue }
        request.ids += holes.map(\.id)
        let members = summaries[dossier]?.members ?? []
        // Who has left it is told of no member that came later.
        if dossier == pinned || members.contains(where: { routing.host(of: $0) == peer }) {
          request.ranges += log.stretches(members)
        }
      }
      guard request.ids.count < Limits.fetchIDsMax else { break }
    }
    request.ids = request.ids.prefix(Limits.fetchIDsMax).sorted()
    request.ranges = Array(request.ranges.prefix(Limits.fetchRangesMax))
    return request
  }
}

extension SoundLog {
  /// Of everybody who wrote or may write here what follows the last change set up to which nothing
  /// lacks.
  fileprivate func stretches(_ members: [AgencyCode]) -> [FetchRequest.Range] {
    var known: [AgencyCode: Set<UInt64>] = [:]
    for changeSet in Array(graph.changeSets) + waiting.values {
      known[changeSet.header.author, default: []].insert(changeSet.header.sequence)
    }
    return Set(known.keys).union(members).sorted().map { author in
      var first: UInt64 = 1
      while known[author]?.contains(first) == true { first += 1 }
      return FetchRequest.Range(dossier: dossier, author: author, sequences: first...UInt64.max)
    }
  }
}
