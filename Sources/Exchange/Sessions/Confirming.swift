package import Ledger

/// Comparing with one peer after a start, before anything is sealed.
///
/// The peer says where it stands in this node's outbox and which change sets of ours it holds, and
/// the shared dossiers are compared. A claim to have more of ours than we have keeps the gate
/// closed until an operator decides; a change set under our own seal that is not here proves that
/// this database went back in time, and is marked, so that `Append` refuses from then on.
package struct Confirming: Sendable {
  private let peer: AgencyCode

  /// Plans to ask one peer.
  package init(peer: AgencyCode) {
    self.peer = peer
  }

  /// Asks and compares; a failure of `ask` is thrown on and counts as unreachable.
  ///
  /// - Parameters:
  ///   - store: the store of this node.
  ///   - now: the business clock.
  ///   - ask: sends one question to the peer and gives the answer's body.
  /// - Returns: what the gate is to be told.
  /// - Throws: what `ask` or the store throws.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp,
    ask: (Reconciliation.Question) async throws -> [UInt8]
  ) async throws -> SealingGate.Comparison {
    let request = FetchRequest(asksPosition: true)
    guard let answer = FetchAnswer.decode(try await ask(.fetch(request.encoded()))) else {
      throw ExchangeError(.malformed, "the answer to a fetch")
    }
    var isAhead = false
    if let position = answer.position {
      isAhead = try await store.read(IsBehind(peer: peer, position: position))
    }
    let report = try await Reconciliation(peer: peer, mode: .compare, settle: .zero).run(
      over: store, now: now, pause: { _ in }, ask: ask)
    let local = try await store.read(LocalAgencies())
    let unknown =
      report.onlyRemote.filter { local.contains($0.author) }.map(\.id)
      + report.differing.filter { local.contains($0.author) }.flatMap(\.ids)
    guard !unknown.isEmpty else { return isAhead ? .ahead : .agrees }
    let ids = Array(unknown.prefix(Limits.fetchIDsMax))
    let proof = try await ask(.fetch(FetchRequest(ids: ids).encoded()))
    let deliveries = FetchAnswer.decode(proof)?.deliveries ?? []
    if let id = try await store.read(OwnUnknown(deliveries: deliveries)) {
      try await store.write(MarkRestored(witness: peer, subject: "\(id)", now: now()))
    }
    return .ahead
  }
}

/// One of the change sets that carries a valid seal of an agency of this node and is not here.
private struct OwnUnknown: StoreWork {
  let deliveries: [Delivery]

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> ChangeSetID? {
    let local = try LocalAgencies().run(transaction)
    let view = try transaction.directory()?.current
    let copies = deliveries.compactMap(\.received)
    let stored = try transaction.locate(copies.map(\.id))
    return copies.first { copy in
      guard stored[copy.id] == nil, let header = copy.header, local.contains(header.author),
        let key = view?.agency(header.author)?.key(header.key)?.verification
      else { return false }
      return copy.proof?.verify(id: copy.id, author: header.author, key: key) == true
    }?.id
  }
}

/// Whether a peer's position, or what it holds, is ahead of what is here.
private struct IsBehind: StoreWork {
  let peer: AgencyCode
  let position: ReaderPosition

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    let stored = try transaction.locate(position.held)
    if position.held.contains(where: { stored[$0] == nil }) { return true }
    guard try transaction.node().outbox == position.outbox, position.number > 0 else {
      return false
    }
    let line = try transaction.numbered(for: peer, after: position.number - 1, limit: 1).first
    return line?.number != position.number || line?.runningHash != position.runningHash
  }
}

/// The agencies that work on this node.
private struct LocalAgencies: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Set<AgencyCode> {
    let node = try transaction.node()
    let view = try transaction.directory()?.current
    return Set(Routing(node: node.agency, view: view).local)
  }
}
