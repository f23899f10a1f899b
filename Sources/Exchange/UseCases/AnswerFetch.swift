package import Ledger

/// Answers a fetch request out of one snapshot.
///
/// Look-ups start from the dossiers that the requester's agencies may read, so a change set that
/// is forbidden and one that is unknown give the same answer: nothing. A request that does not fit
/// is answered in part and marked as truncated.
package struct AnswerFetch: StoreWork {
  private let requester: AgencyCode
  private let request: FetchRequest
  private let bytesMax: Int

  /// Answers the node that an agency runs.
  package init(
    requester: AgencyCode, request: FetchRequest, bytesMax: Int = Limits.pageBytesMax
  ) {
    self.requester = requester
    self.request = request
    self.bytesMax =
      request.isForDeliveriesAlone ? bytesMax : min(bytesMax, Limits.describedFetchBytesMax)
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> FetchAnswer {
    let node = try transaction.node()
    let routing = Routing(node: node.agency, view: try transaction.wholeDirectory()?.current)
    let agencies = routing.agencies(at: requester)
    var answer = FetchAnswer()
    let wanted = try located(by: agencies, node: node, in: transaction)
    try fill(&answer, with: wanted, routing: routing, node: node, in: transaction)
    try fill(&answer, withHeldOf: agencies, routing: routing, in: transaction)
    let dossiers = try asked(agencies, routing: routing, node: node, in: transaction)
    if !dossiers.isEmpty {
      try describe(dossiers, &answer, routing: routing, node: node, in: transaction)
      answer.behind = try transaction.cursors().filter { $0.announced > $0.number }.map(\.peer)
    }
    if let listing = request.listing {
      try list(listing, agencies, &answer, routing: routing, node: node, in: transaction)
    }
    if request.asksPosition {
      answer.position = try position(agencies, in: transaction)
    }
    return answer
  }

  /// The change sets asked for by id or by stretches that the agencies may look for, by dossier.
  func located<T: StoreTransaction & ~Copyable>(
    by agencies: [AgencyCode], node: NodeRecord, in transaction: borrowing T
  ) throws -> [DossierID: Set<ChangeSetID>] {
    try byID(agencies, node: node, in: transaction)
      .merging(byRange(agencies, node: node, in: transaction)) { $0.union($1) }
  }

  /// The change sets asked for by id, by dossier.
  private func byID<T: StoreTransaction & ~Copyable>(
    _ agencies: [AgencyCode], node: NodeRecord, in transaction: borrowing T
  ) throws -> [DossierID: Set<ChangeSetID>] {
    guard !request.ids.isEmpty else { return [:] }
    var wanted: [DossierID: Set<ChangeSetID>] = [:]
    for (id, dossier) in try transaction.locate(request.ids, readableBy: agencies) {
      wanted[dossier, default: []].insert(id)
    }
    // The directory is relayed to every admitted agency; a stranger does not come this far. Its
    // graph answers, so that no look-up of the log begins outside the requester's dossiers.
    if let pinned = node.directory, let directory = try transaction.directory()?.graph {
      let entries = request.ids.filter { directory.contains($0) }
      if !entries.isEmpty { wanted[pinned, default: []].formUnion(entries) }
    }
    return wanted
  }

  /// The change sets asked for by ranges, by dossier; each once, and each chain gone through once,
  /// however often its stretches were named.
  private func byRange<T: StoreTransaction & ~Copyable>(
    _ agencies: [AgencyCode], node: NodeRecord, in transaction: borrowing T
  ) throws -> [DossierID: Set<ChangeSetID>] {
    guard !request.ranges.isEmpty else { return [:] }
    let open = try readable(request.ranges.map(\.dossier), agencies, node, in: transaction)
    let asked = Dictionary(grouping: request.ranges, by: \.dossier).filter { open.contains($0.key) }
    var wanted: [DossierID: Set<ChangeSetID>] = [:]
    for dossiers in asked.keys.sorted().slices(of: Limits.dossiersPerLookMax) {
      for (dossier, graph) in try transaction.wholeGraphs(dossiers).graphs {
        let chains = Dictionary(grouping: asked[dossier] ?? [], by: \.author)
        for (author, ranges) in chains {
          let sequences = AskedSequences(ranges.map(\.sequences))
          let ids = graph.changeSets(of: author)
            .filter { sequences.contains($0.header.sequence) }.map(\.id)
          if !ids.isEmpty { wanted[dossier, default: []].formUnion(ids) }
        }
      }
    }
    return wanted
  }

  private func readable<T: StoreTransaction & ~Copyable>(
    _ dossiers: [DossierID], _ agencies: [AgencyCode], _ node: NodeRecord,
    in transaction: borrowing T
  ) throws -> Set<DossierID> {
    var open = try transaction.readable(Set(dossiers).sorted(), by: agencies)
    if let directory = node.directory, dossiers.contains(directory) { open.insert(directory) }
    return open
  }

  /// Adds what may be disclosed, dossier by dossier and ancestors first, as long as it fits.
  private func fill<T: StoreTransaction & ~Copyable>(
    _ answer: inout FetchAnswer, with wanted: [DossierID: Set<ChangeSetID>], routing: Routing,
    node: NodeRecord, in transaction: borrowing T
  ) throws {
    var room = bytesMax
    for dossiers in wanted.keys.sorted().slices(of: Limits.dossiersPerLookMax) {
      let ids = dossiers.flatMap { wanted[$0] ?? [] }
      var shelf = Shelf(routing: routing, node: node)
      try shelf.load(ids, in: transaction)
      for id in shelf.ordered(ids) {
        guard let received = shelf.received(id, for: requester) else { continue }
        let delivery = Delivery(number: 0, content: .changeSet(received))
        let size = delivery.wireBytes
        guard answer.deliveries.isEmpty || size <= room,
          answer.deliveries.count < Limits.pageDeliveriesMax
        else {
          answer.isTruncated = true
          return
        }
        room -= size
        answer.deliveries.append(delivery)
      }
    }
  }
}

extension AnswerFetch {
  /// The dossiers whose chains are asked for, by id or by item, of those both sides share.
  private func asked<T: StoreTransaction & ~Copyable>(
    _ agencies: [AgencyCode], routing: Routing, node: NodeRecord, in transaction: borrowing T
  ) throws -> [DossierID] {
    var dossiers: Set<DossierID> = []
    if !request.dossiers.isEmpty {
      dossiers = try readable(request.dossiers, agencies, node, in: transaction)
    }
    if !request.items.isEmpty {
      dossiers.formUnion(
        try SharedDossiers(with: requester, in: transaction)
          .dossiers(ofItems: request.items, in: transaction))
    }
    return dossiers.sorted()
  }

  private func describe<T: StoreTransaction & ~Copyable>(
    _ dossiers: [DossierID], _ answer: inout FetchAnswer,
    routing: Routing, node: NodeRecord, in transaction: borrowing T
  ) throws {
    let receipted = try transaction.position(of: requester).receipted
    var count = 0
    for dossiers in dossiers.slices(of: Limits.dossiersPerLookMax) {
      let graphs = try transaction.graphs(dossiers)
      let held = try transaction.heldExclusions(in: dossiers)
      for dossier in dossiers {
        guard let graph = graphs[dossier] else { continue }
        let isDirectory = dossier == node.directory
        let audience = Audience(
          graph: graph, routing: routing, isDirectory: isDirectory, held: held[dossier] ?? [])
        guard audience.isOpen(to: requester) else { continue }
        let owed = try transaction.owes(graph.order, to: requester, above: receipted)
        let chains = graph.chains(owing: owed)
        count += chains.count
        guard count <= Limits.fetchChainsMax else {
          answer.isTruncated = true
          return
        }
        answer.chains.append(DossierChains(dossier: dossier, chains: chains))
      }
    }
  }

  /// Tells the chains of the next dossiers of which an agency of the requester is a member.
  ///
  /// What is closed to it all the same is passed over without a word: a page ends at a dossier
  /// that it is told of.
  private func list<T: StoreTransaction & ~Copyable>(
    _ listing: FetchRequest.Listing, _ agencies: [AgencyCode], _ answer: inout FetchAnswer,
    routing: Routing, node: NodeRecord, in transaction: borrowing T
  ) throws {
    let local = listing.isUnshared ? routing.comparable(with: requester) : []
    let before = answer.chains.count
    let wasTruncated = answer.isTruncated
    var after = listing.after
    defer { answer.isTruncated = wasTruncated }
    while answer.chains.count == before {
      let page = try transaction.dossiers(
        of: agencies, unsharedBy: local, barred: [node.agency, requester], after: after,
        limit: Limits.listedDossiersMax)
      guard let first = page.first, let last = page.last else { return }
      answer.isTruncated = false
      try describe(page, &answer, routing: routing, node: node, in: transaction)
      // The first alone has more ends than an answer holds when its author forks it without end.
      after = answer.isTruncated ? first : last
    }
    answer.listed = answer.chains.last?.dossier
  }

  private func position<T: StoreTransaction & ~Copyable>(
    _ agencies: [AgencyCode], in transaction: borrowing T
  ) throws -> ReaderPosition? {
    guard let cursor = try transaction.cursor(of: requester) else { return nil }
    return ReaderPosition(
      outbox: cursor.outbox, number: cursor.number, runningHash: cursor.runningHash,
      held: try transaction.held(writtenBy: agencies, limit: Limits.reportEntriesMax).sorted(),
      head: cursor.head)
  }

  /// Adds held copies of what the requester's own agencies wrote, as their seals show.
  ///
  /// A node that lost them asks for them back by id. What only claims to be theirs is not given,
  /// nor anything of a dossier from which they are excluded. Copies are read a few at a time.
  private func fill<T: StoreTransaction & ~Copyable>(
    _ answer: inout FetchAnswer, withHeldOf agencies: [AgencyCode], routing: Routing,
    in transaction: borrowing T
  ) throws {
    let given = Set(answer.deliveries.compactMap { $0.received?.id })
    let missing = Set(request.ids).subtracting(given)
    guard !missing.isEmpty else { return }
    let own = try transaction.held(writtenBy: agencies, limit: Limits.reportEntriesMax)
      .filter(missing.contains)
    var room = answer.deliveries.reduce(bytesMax) { $0 - $1.wireBytes }
    var seen: Set<ChangeSetID> = []
    for batch in own.slices(of: Limits.heldCopiesPerReadMax) {
      let copies = try transaction.heldCopies(batch)
        .filter { $0.received.isSealed(of: agencies, in: routing.view) }
      let open = try unbarred(copies, routing: routing, in: transaction)
      for copy in open where seen.insert(copy.id).inserted {
        let delivery = Delivery(number: 0, content: .changeSet(copy.received.sound))
        let size = delivery.wireBytes
        guard answer.deliveries.isEmpty || size <= room else {
          answer.isTruncated = true
          return
        }
        room -= size
        answer.deliveries.append(delivery)
      }
    }
  }

  /// The copies without those of dossiers from which their author, or the node, is excluded.
  private func unbarred<T: StoreTransaction & ~Copyable>(
    _ copies: [HeldCopy], routing: Routing, in transaction: borrowing T
  ) throws -> [HeldCopy] {
    let dossiers = Set(copies.compactMap { $0.origin?.dossier }).sorted()
    guard !dossiers.isEmpty else { return [] }
    let graphs = try transaction.graphs(dossiers)
    let held = try transaction.heldExclusions(in: dossiers)
    return copies.filter { copy in
      guard let dossier = copy.origin?.dossier else { return false }
      guard let graph = graphs[dossier] else { return true }
      let audience = Audience(
        graph: graph, routing: routing, isDirectory: false, held: held[dossier] ?? [])
      return ![requester, copy.origin?.author].compactMap(\.self)
        .contains { audience.isBarred($0) }
    }
  }
}

extension DossierGraph {
  /// The ends of every author's chain, both branches of a fork, with what is owed of each.
  func chains(owing owed: Set<ChangeSetID>) -> [DossierChains.Head] {
    authors.flatMap { author -> [DossierChains.Head] in
      let own = changeSets(of: author)
      let continued = Set(own.compactMap(\.header.previous))
      let first = own.first { owed.contains($0.id) }?.header.sequence ?? 0
      return own.filter { !continued.contains($0.id) }.map {
        DossierChains.Head(
          author: author, sequence: $0.header.sequence, id: $0.id, owed: first)
      }.sorted { $0.id < $1.id }
    }
  }
}
