package import Ledger

/// What one peer gave back of what this node once wrote, and what it showed beside it.
package struct Recovered: Sendable {
  /// Whether it answered everything.
  package var isWhole: Bool
  /// Where it stands in an outbox of this node, this one or a former one; nil when in none.
  package var position: ReaderPosition?
  /// Deliveries that a head statement of this node announced to it and that never came.
  package var announced: UInt64
  /// Ends of chains that it named and did not give.
  package var withheld: [ReconcileReport.Entry]

  /// Fills the fields.
  package init(
    isWhole: Bool, position: ReaderPosition?, announced: UInt64,
    withheld: [ReconcileReport.Entry]
  ) {
    self.isWhole = isWhole
    self.position = position
    self.announced = announced
    self.withheld = withheld
  }
}

/// Fetching from one peer, after a restore, a rotation or a total loss, what this node once wrote.
///
/// Everything shared is reconciled, and what the peer only holds is fetched too: a chain is whole
/// when every own change set that a peer stores or holds is stored here. So are dossiers that the
/// peer has left, which no comparison shows. Parts of own change sets that another peer could not
/// give are asked for, and a former host of an agency that works here is asked for all sealed
/// parts, which perhaps nobody else may read.
package struct Recovering: Sendable {
  private let peer: AgencyCode
  private let lostEverything: Bool
  private let signatory: Signatory?
  private let settled: @Sendable (TakenFetch) -> Void

  /// Plans to ask one peer.
  ///
  /// - Parameters:
  ///   - peer: the peer.
  ///   - lostEverything: whether this node began with an empty database: then everything that the
  ///     peer holds is fetched a page at a time before anything is compared.
  ///   - signatory: this node with its key, which proves what was announced; nil counts nothing.
  ///   - settled: called with what each transaction has changed, once it is durable.
  package init(
    peer: AgencyCode, lostEverything: Bool = false, signatory: Signatory? = nil,
    settled: @escaping @Sendable (TakenFetch) -> Void = { _ in }
  ) {
    self.settled = settled
    self.peer = peer
    self.lostEverything = lostEverything
    self.signatory = signatory
  }

  /// Asks and stores; a failure of `ask` is thrown on.
  ///
  /// - Parameters:
  ///   - store: the store of this node.
  ///   - now: the business clock.
  ///   - ask: sends one question to the peer and gives the answer's body.
  /// - Returns: what came of it; `isWhole` when the peer shows no change set of ours any more that
  ///   is not stored here.
  /// - Throws: what `ask` or the store throws.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws -> Recovered {
    var recovered = Recovered(isWhole: false, position: nil, announced: 0, withheld: [])
    recovered.position = try await FetchRequest(asksPosition: true).answered(by: ask).position
    if let position = recovered.position, let signatory {
      recovered.announced = try await store.read(
        Announced(peer: peer, position: position, signatory: signatory))
    }
    recovered.withheld = try await refill(over: store, now: now, ask: ask)
    let report = try await Reconciliation(
      peer: peer, mode: .repair(changesMax: nil), settle: .zero, settled: settled
    ).run(over: store, now: now, pause: { _ in }, ask: ask)
    let held = recovered.position?.held ?? []
    let wanted = try await store.read(UnknownOwn(named: [], held: held))
    if !wanted.isEmpty {
      let copies = try await FetchRequest(ids: wanted).answered(by: ask).deliveries
      settled(
        try await store.write(TakeFetched(peer: peer, deliveries: copies, now: now())))
    }
    try await fillParts(over: store, now: now, ask: ask)
    // What the peer named and did not give under our own seal is a claim like any other; what it
    // gave is stored or held here now, and `ReadRestored` tells.
    recovered.isWhole = report.errors.isEmpty
    return recovered
  }

  /// A peer of an earlier version does not know the question: then a comparison must do.
  private func refill<S: Store>(
    over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws -> [ReconcileReport.Entry] {
    do {
      return try await Refilling(
        peer: peer, isUnshared: !lostEverything, settled: settled
      ).run(over: store, now: now, ask: ask)
    } catch let error as CancellationError {
      throw error
    } catch {
      _ = try await FetchRequest(asksPosition: true).answered(by: ask)
      return []
    }
  }

  private func fillParts<S: Store>(
    over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws {
    try await fill(
      try await store.read(ReturnedWithoutParts()), over: store, now: now, ask: ask)
    var after: DossierID?
    repeat {
      let page = try await store.read(
        WithheldParts(peer: peer, lostEverything: lostEverything, after: after))
      try await fill(page.ids, over: store, now: now, ask: ask)
      after = page.last
    } while after != nil
  }

  private func fill<S: Store>(
    _ ids: [ChangeSetID], over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws {
    var open = ids
    while !open.isEmpty {
      let asked = Array(open.prefix(Limits.fetchIDsMax))
      let answer = try await FetchRequest(ids: asked).answered(by: ask)
      settled(
        try await store.write(
          TakeFetched(peer: peer, deliveries: answer.deliveries, now: now())))
      let came = Set(answer.deliveries.compactMap { $0.received?.id })
      // A truncated answer leaves out the last of those asked for: they are asked for again.
      let isDone = !answer.isTruncated || came.isDisjoint(with: asked)
      let done = isDone ? Set(asked) : came
      open.removeAll(where: done.contains)
    }
  }
}

/// How many deliveries a head statement of this node announced to a peer that it never got.
private struct Announced: StoreWork {
  let peer: AgencyCode
  let position: ReaderPosition
  let signatory: Signatory

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> UInt64 {
    let keys = try OwnKeys(signatory: signatory, in: transaction)
    guard let head = position.head.flatMap({ keys.statement($0, for: peer) }),
      head.outbox == position.outbox, head.number > position.number
    else { return 0 }
    return head.number - position.number
  }
}

/// Own change sets that came back since the node is known to have gone back, and lack a part.
///
/// A part that is sealed to some members came back from the others without it. One that was
/// destroyed comes back from nobody.
private struct ReturnedWithoutParts: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [ChangeSetID] {
    let node = try transaction.node()
    guard let since = node.restored?.since else { return [] }
    let local = Routing(node: node.agency, view: try transaction.directory()?.current).local
    let ids = try transaction.received(
      writtenBy: local, under: nil, since: since, limit: Limits.reportEntriesMax)
    let partial = try transaction.changeSets(ids)
      .filter { $0.parts.count < $0.header.parts.count }
    let dossiers = Set(partial.map(\.dossier)).sorted()
    var wanted: Set<ChangeSetID> = []
    for batch in dossiers.slices(of: Limits.dossiersPerLookMax) {
      let graphs = try transaction.graphs(batch)
      for changeSet in partial
      where graphs[changeSet.dossier]?.missingParts(of: changeSet).isEmpty == false {
        wanted.insert(changeSet.id)
      }
    }
    return wanted.sorted()
  }
}

/// The change sets of the next dossiers of which a part is not here and the peer may give it.
///
/// After a total loss those that an agency of this node or of the peer wrote; else none unless the
/// peer is a former host of an agency that works on this node.
private struct WithheldParts: StoreWork {
  let peer: AgencyCode
  let lostEverything: Bool
  let after: DossierID?

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> (ids: [ChangeSetID], last: DossierID?) {
    let routing = Routing(
      node: try transaction.node().agency, view: try transaction.directory()?.current)
    let isHost = routing.local.contains { routing.formerHosts(of: $0).contains(peer) }
    guard isHost || lostEverything else { return ([], nil) }
    let dossiers = try transaction.dossiers(after: after, limit: Limits.dossiersPerLookMax)
    let authors = Set(routing.local + routing.agencies(at: peer))
    let ids = try transaction.graphs(dossiers).values.flatMap { graph in
      graph.changeSets.filter {
        (isHost || authors.contains($0.header.author)) && !graph.missingParts(of: $0).isEmpty
      }.map(\.id)
    }
    return (ids.sorted(), dossiers.last)
  }
}

extension FetchRequest {
  /// Asks this of a peer and reads the answer.
  func answered(
    by ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws -> FetchAnswer {
    guard let answer = FetchAnswer.decode(try await ask(.fetch(encoded()))) else {
      throw ExchangeError(.malformed, "the answer to a fetch")
    }
    return answer
  }
}
