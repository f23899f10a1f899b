package import Ledger

/// Fetching from one peer, after a restore or a rotation, what this node once wrote.
///
/// Everything shared is reconciled, and what the peer only holds is fetched too: a chain is whole
/// when every own change set that a peer stores or holds is stored here.
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
    // What the peer named and did not give under our own seal is a claim like any other; what it
    // gave is stored or held here now, and `ReadRestored` tells.
    return report.errors.isEmpty
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
