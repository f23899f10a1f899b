import Ledger

/// Which change sets one side of a comparison has and the other lacks, as far as is known.
struct ChainDifferences: Sendable {
  /// Here and not there.
  var onlyLocal: Set<ReconcileReport.Entry> = []
  /// There and not here, of those whose header has been fetched.
  var onlyRemote: Set<ReconcileReport.Entry> = []
  /// What must be fetched to know more; empty when everything is known.
  var question = FetchRequest()
  /// Of both, those on their way.
  var inFlight: Set<ChangeSetID> = []
}

/// Compares the chains a peer answered with what is stored here, over one snapshot.
///
/// Stored means whole ancestry, so what the peer's heads reach is what the peer has. Heads that are
/// not here are known by their headers, fetched until every link leads to something stored here.
///
/// Only what the peer may read counts as lacking there: a peer that has been put out asks about
/// the dossier for ever, because an exclude is silent, and is owed nothing of it. For the same
/// reason a peer that says nothing of a dossier may have been told to say nothing. Then it counts
/// as having what it signed receipts for, what its own change sets reach and what others than this
/// node wrote, which a former member may not know to be kept from it; a peer that really lost them
/// finds that by its own comparison.
struct CompareChains: StoreWork {
  /// The peer.
  let peer: AgencyCode
  /// The chains it answered.
  let remote: [DossierChains]
  /// The dossiers it was asked about.
  let asked: Set<DossierID>
  /// What has been fetched and is not stored here.
  let fetched: [ChangeSetID: ReceivedChangeSet]
  /// The nodes whose head statements the peer has not caught up with.
  let behind: Set<AgencyCode>

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> ChainDifferences {
    let chains = Dictionary(remote.map { ($0.dossier, $0.chains) }) { first, _ in first }
    let dossiers = asked.union(chains.keys).sorted()
    let graphs = try transaction.graphs(dossiers)
    let node = try transaction.node()
    let routing = Routing(node: node.agency, view: try transaction.directory()?.current)
    let cursors = Dictionary(
      uniqueKeysWithValues: try transaction.cursors().map { ($0.peer, $0) })
    let receipted = try transaction.position(of: peer).receipted
    let held = try transaction.heldExclusions(in: dossiers)
    var differences = ChainDifferences()
    for dossier in dossiers {
      let graph = graphs[dossier] ?? DossierGraph(dossier)
      let audience = Audience(
        graph: graph, routing: routing, isDirectory: dossier == node.directory,
        held: held[dossier] ?? [])
      let heads = chains[dossier] ?? []
      var remote = walk(from: heads, graph: graph, &differences)
      if chains[dossier] == nil {
        let own = routing.agencies(at: peer).flatMap { graph.changeSets(of: $0) }.map(\.id)
        remote = graph.closure(of: own)
        remote.formUnion(try receipts(for: graph.order, receipted, in: transaction))
        remote.formUnion(
          graph.order.filter { id in
            graph.changeSet(id).map { !routing.local.contains($0.header.author) } ?? false
          })
      }
      let here = graph.order.filter {
        !remote.contains($0) && !audience.readers(at: peer, of: $0).isEmpty
      }.compactMap { graph.changeSet($0) }
      let owed = try transaction.owes(here.map(\.id), to: peer, above: receipted)
      for changeSet in here {
        let author = changeSet.header.author
        differences.onlyLocal.insert(
          ReconcileReport.Entry(
            id: changeSet.id, dossier: dossier, author: author,
            sequence: changeSet.header.sequence))
        if owed.contains(changeSet.id) || behind.contains(routing.host(of: author)) {
          differences.inFlight.insert(changeSet.id)
        }
      }
      noteInFlight(heads, dossier, routing: routing, cursors: cursors, &differences)
    }
    return differences
  }

  /// Those of the change sets that the peer's receipts cover, and that are not on their way again.
  private func receipts<T: StoreTransaction & ~Copyable>(
    for ids: [ChangeSetID], _ receipted: UInt64, in transaction: borrowing T
  ) throws -> Set<ChangeSetID> {
    let served = try transaction.owes(ids, to: peer, above: 0)
    return served.subtracting(try transaction.owes(ids, to: peer, above: receipted))
  }

  /// Follows the links of what is not here; gives what is stored here and reached by the heads.
  private func walk(
    from heads: [DossierChains.Head], graph: DossierGraph, _ differences: inout ChainDifferences
  ) -> Set<ChangeSetID> {
    var reached: Set<ChangeSetID> = []
    var seen: Set<ChangeSetID> = []
    var open = heads.map(\.id)
    while let id = open.popLast() {
      guard seen.insert(id).inserted else { continue }
      if graph.contains(id) {
        if !reached.contains(id) { reached.formUnion(graph.closure(of: [id], beyond: reached)) }
      } else if let received = fetched[id], let origin = received.origin,
        origin.dossier == graph.id
      {
        differences.onlyRemote.insert(
          ReconcileReport.Entry(
            id: id, dossier: origin.dossier, author: origin.author, sequence: origin.sequence))
        open += received.header?.links ?? []
      } else {
        ask(for: id, heads, graph, &differences)
      }
    }
    return reached
  }

  /// Asks for a whole stretch of a chain where its head is unknown, else for the one change set.
  private func ask(
    for id: ChangeSetID, _ heads: [DossierChains.Head], _ graph: DossierGraph,
    _ differences: inout ChainDifferences
  ) {
    let head = heads.first { $0.id == id }
    let last = head.flatMap { graph.changeSets(of: $0.author).last?.header.sequence } ?? 0
    if let head, head.sequence > last, differences.question.ranges.count < Limits.fetchRangesMax {
      differences.question.ranges.append(
        FetchRequest.Range(
          dossier: graph.id, author: head.author, sequences: last + 1...head.sequence))
    } else if differences.question.ids.count < Limits.fetchIDsMax {
      differences.question.ids.append(id)
    }
  }

  /// What the peer's outbox still owes, and what a third agency has announced, is on its way.
  ///
  /// What this node wrote itself never is: that it is not here shows a loss, also while it returns.
  private func noteInFlight(
    _ heads: [DossierChains.Head], _ dossier: DossierID, routing: Routing,
    cursors: [AgencyCode: Cursor], _ differences: inout ChainDifferences
  ) {
    let owed = Dictionary(heads.map { ($0.author, $0.owed) }) { max($0, $1) }
    for entry in differences.onlyRemote
    where entry.dossier == dossier && !routing.local.contains(entry.author) {
      let first = owed[entry.author] ?? 0
      let cursor = cursors[routing.host(of: entry.author)]
      let isAnnounced = cursor.map { $0.peer != peer && $0.announced > $0.number } ?? false
      if (first > 0 && entry.sequence >= first) || isAnnounced {
        differences.inFlight.insert(entry.id)
      }
    }
  }
}

/// The dossiers behind items of this node, for asking a peer about their chains.
struct DossiersOfItems: StoreWork {
  let peer: AgencyCode
  let items: [Hash256]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [DossierID] {
    try SharedDossiers(with: peer, in: transaction).dossiers(ofItems: items, in: transaction)
  }
}

/// Where the chains of dossiers go on from what is here: what most differences come to.
struct NextOfChains: StoreWork {
  let dossiers: [DossierID]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [FetchRequest.Range] {
    let graphs = try transaction.graphs(dossiers)
    let ranges = dossiers.compactMap { graphs[$0] }.flatMap { graph in
      graph.authors.compactMap { author -> FetchRequest.Range? in
        guard let last = graph.changeSets(of: author).last?.header.sequence else { return nil }
        return FetchRequest.Range(
          dossier: graph.id, author: author,
          sequences: last + 1...last + Limits.guessedChangeSetsMax)
      }
    }
    return Array(ranges.prefix(Limits.fetchRangesMax))
  }
}

/// Whether this node and a peer may both hold a dossier, as far as this node knows.
struct SharingOf: StoreWork {
  /// What it knows.
  enum Answer: Sendable {
    case shared, notShared, unknown
  }

  let dossier: DossierID
  let peer: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Answer {
    guard let summary = try transaction.summaries([dossier])[dossier] else { return .unknown }
    let shared = try DossiersOfItems(peer: peer, items: [summary.item]).run(transaction)
    return shared.contains(dossier) ? .shared : .notShared
  }
}

/// Queues change sets for a peer that was found to lack them.
struct QueueForRepair: StoreWork {
  let peer: AgencyCode
  let entries: [ReconcileReport.Entry]

  /// Returns how many were queued: what the peer may not have is none of them.
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    let node = try transaction.node()
    let routing = Routing(node: node.agency, view: try transaction.directory()?.current)
    var shelf = Shelf(routing: routing, node: node)
    try shelf.load(entries.map(\.id), in: transaction)
    let lines = shelf.ordered(entries.map(\.id))
      .filter { shelf.received($0, for: peer) != nil }
      .map { OutboxLine(reader: peer, id: $0, isRepeated: true) }
    if !lines.isEmpty { try transaction.enqueue(lines) }
    return lines.count
  }
}
