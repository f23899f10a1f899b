package import Ledger

/// Fetching from one peer, after a restore or a rotation, what this node once wrote.
///
/// Everything shared is reconciled, and what the peer only holds is fetched too: a chain is whole
/// when every own change set that a peer stores or holds is stored here. A former host of an agency
/// that works here is asked for the sealed parts too, which perhaps nobody else may read.
package struct Recovering: Sendable {
  private let peer: AgencyCode

  /// Plans to ask one peer.
  package init(peer: AgencyCode) {
    self.peer = peer
  }

  /// Asks and stores; a failure of `ask` is thrown on.
  ///
  /// - Parameters:
  ///   - store: the store of this node.
  ///   - now: the business clock.
  ///   - ask: sends one question to the peer and gives the answer's body.
  /// - Returns: whether the peer shows no change set of ours any more that is not stored here.
  /// - Throws: what `ask` or the store throws.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws -> Bool {
    let report = try await Reconciliation(
      peer: peer, mode: .repair(changesMax: nil), settle: .zero
    ).run(over: store, now: now, pause: { _ in }, ask: ask)
    let held = try await FetchRequest(asksPosition: true).answered(by: ask).position?.held ?? []
    let wanted = try await store.read(UnknownOwn(named: [], held: held))
    if !wanted.isEmpty {
      let copies = try await FetchRequest(ids: wanted).answered(by: ask).deliveries
      _ = try await store.write(TakeFetched(peer: peer, deliveries: copies, now: now()))
    }
    try await fillParts(over: store, now: now, ask: ask)
    // What the peer named and did not give under our own seal is a claim like any other; what it
    // gave is stored or held here now, and `ReadRestored` tells.
    return report.errors.isEmpty
  }

  private func fillParts<S: Store>(
    over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws {
    var after: DossierID?
    repeat {
      let page = try await store.read(WithheldParts(host: peer, after: after))
      var open = page.ids
      while !open.isEmpty {
        let asked = Array(open.prefix(Limits.fetchIDsMax))
        let answer = try await FetchRequest(ids: asked).answered(by: ask)
        _ = try await store.write(
          TakeFetched(peer: peer, deliveries: answer.deliveries, now: now()))
        let came = Set(answer.deliveries.compactMap { $0.received?.id })
        // A truncated answer leaves out the last of those asked for: they are asked for again.
        let isDone = !answer.isTruncated || came.isDisjoint(with: asked)
        let done = isDone ? Set(asked) : came
        open.removeAll(where: done.contains)
      }
      after = page.last
    } while after != nil
  }
}

/// The change sets of the next dossiers of which a part is not here.
///
/// None unless the peer is a former host of an agency that works on this node.
private struct WithheldParts: StoreWork {
  let host: AgencyCode
  let after: DossierID?

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> (ids: [ChangeSetID], last: DossierID?) {
    let routing = Routing(
      node: try transaction.node().agency, view: try transaction.directory()?.current)
    guard routing.local.contains(where: { routing.formerHosts(of: $0).contains(host) }) else {
      return ([], nil)
    }
    let dossiers = try transaction.dossiers(after: after, limit: Limits.dossiersPerLookMax)
    let graphs = try transaction.graphs(dossiers)
    let ids = graphs.values.flatMap { graph in
      graph.changeSets.filter { $0.parts.count < $0.header.parts.count }.map(\.id)
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
