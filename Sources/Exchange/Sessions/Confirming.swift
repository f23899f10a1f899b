package import Ledger

/// Comparing with one peer, after a start or when the peer claims to have more of this node than
/// this node itself.
///
/// The peer says where it stands in this node's outbox and which change sets of ours it holds, and
/// the shared dossiers are compared. What is not here is proved by this node's own signature: a
/// head statement over a number that was never given here, or a change set under our own seal. It
/// proves that the database went back in time, and is marked, so that `Append` refuses from then
/// on. A claim without such a proof is kept as an alarm and stops nothing. Neither is it proof of
/// anything when the log itself names what it lacks: then a row was deleted, which a repair mends.
package struct Confirming: Sendable {
  private let peer: AgencyCode
  private let signatory: Signatory

  /// Plans to ask one peer.
  ///
  /// - Parameters:
  ///   - peer: the peer.
  ///   - signatory: this node with the key it signs with.
  package init(peer: AgencyCode, signatory: Signatory) {
    self.peer = peer
    self.signatory = signatory
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
    // What comes back from peers after this moment is what a person is asked about.
    let begun = now()
    let position = try await FetchRequest(asksPosition: true).answered(by: ask).position
    // What proves it at once needs no comparison, which a slow line may never bring to its end.
    if try await store.write(conclusion(position: position, begun: begun)) == .ahead {
      return .ahead
    }
    let report = try await Reconciliation(peer: peer, mode: .compare, settle: .zero).run(
      over: store, now: now, pause: { _ in }, ask: ask)
    let named =
      report.onlyRemote.map { ($0.author, $0.id) }
      + report.differing.flatMap { place in place.ids.map { (place.author, $0) } }
    let unknown = try await store.read(UnknownOwn(named: named, held: position?.held ?? []))
    let copies =
      unknown.isEmpty
      ? []
      : try await FetchRequest(ids: unknown).answered(by: ask).deliveries.compactMap(\.received)
    let comparison = try await store.write(
      conclusion(
        position: position, claimed: named.map(\.1).filter(unknown.contains), copies: copies,
        begun: begun))
    return comparison == .agrees && !report.errors.isEmpty ? .unreachable : comparison
  }

  private func conclusion(
    position: ReaderPosition?, claimed: [ChangeSetID] = [], copies: [ReceivedChangeSet] = [],
    begun: Timestamp
  ) -> Conclude {
    Conclude(
      peer: peer, position: position, claimed: claimed, copies: copies, signatory: signatory,
      begun: begun)
  }
}

/// The change sets said to be this node's own that are not stored here, as many as one question
/// may name.
struct UnknownOwn: StoreWork {
  let named: [(AgencyCode, ChangeSetID)]
  let held: [ChangeSetID]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [ChangeSetID] {
    let node = try transaction.node()
    let local = Routing(node: node.agency, view: try transaction.directory()?.current).local
    let ids = Set(named.filter { local.contains($0.0) }.map(\.1)).union(held).sorted()
    let stored = try transaction.locate(ids)
    return Array(ids.filter { stored[$0] == nil }.prefix(Limits.fetchIDsMax))
  }
}

/// Weighs what a peer showed, and marks or notes it, in one transaction: nothing that has come
/// meanwhile is held against the node.
struct Conclude: StoreWork {
  let peer: AgencyCode
  let position: ReaderPosition?
  /// What it says to store of ours; what it only holds may be a forgery, and claims nothing.
  let claimed: [ChangeSetID]
  let copies: [ReceivedChangeSet]
  let signatory: Signatory
  /// What comes back of our own after this moment is what a person is asked about.
  let begun: Timestamp

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> SealingGate.Comparison {
    var finding = try ofPosition(in: transaction)
    if !finding.isProof {
      let shown = try ofCopies(in: transaction)
      if shown != .nothing { finding = shown }
    }
    switch finding {
    case .proof(let subject, let evidence, let losesNumbers):
      try MarkRestored(
        witness: peer, subject: subject, evidence: evidence, losesNumbers: losesNumbers, now: begun
      ).run(transaction)
      return .ahead
    case .claim(let subject):
      try NoteClaim(peer: peer, subject: subject, now: begun).run(transaction)
      return .unproven
    case .nothing:
      return .agrees
    }
  }

  /// What a peer showed of this node that is not here.
  private enum Finding: Equatable {
    /// Nothing.
    case nothing
    /// Something without a proof.
    case claim(String)
    /// Something under this node's own signature; whether numbers of the outbox of now are lost.
    case proof(String, evidence: [UInt8], losesNumbers: Bool)

    var isProof: Bool {
      if case .proof = self { true } else { false }
    }
  }

  private func ofPosition<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> Finding {
    let node = try transaction.node()
    guard let position else { return .nothing }
    let outbox = position.outbox
    // A node that is restored has another outbox by now, and peers still stand in the one before.
    guard outbox == node.outbox || outbox == node.restored?.outbox else { return .nothing }
    let isOfNow = outbox == node.outbox
    let keys = try OwnKeys(signatory: signatory, in: transaction)
    // It may show more than the peer has taken: it says how far the outbox came, not the page.
    if let signed = position.head, let head = keys.statement(signed, for: peer),
      head.outbox == outbox,
      try !isGiven(head.number, head.runningHash, isOfNow: isOfNow, in: transaction)
    {
      return .proof(
        "head statement \(outbox) \(head.number)", evidence: signed.body + signed.signature,
        losesNumbers: isOfNow)
    }
    let isHere = try isGiven(
      position.number, position.runningHash, isOfNow: isOfNow, in: transaction)
    return isHere ? .nothing : .claim("outbox \(outbox)")
  }

  /// Whether this database gave the number so, as far as it can tell: where the outbox came
  /// further and the line is not here any more, nothing speaks against it.
  private func isGiven<T: StoreTransaction & ~Copyable>(
    _ number: UInt64, _ hash: Hash256, isOfNow: Bool, in transaction: borrowing T
  ) throws -> Bool {
    guard number > 0 else { return true }
    let end =
      isOfNow
      ? try transaction.position(of: peer).end : try transaction.formerEnd(for: peer)
    guard number < end.number else { return end == OutboxEnd(number: number, runningHash: hash) }
    guard isOfNow else { return true }
    let line = try transaction.numbered(for: peer, after: number - 1, limit: 1).first
    return line?.number != number || line?.runningHash == hash
  }

  private func ofCopies<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> Finding {
    let keys = try OwnKeys(signatory: signatory, in: transaction)
    let stored = try transaction.locate(Set(copies.map(\.id) + claimed).sorted())
    let lacking = copies.filter { stored[$0.id] == nil && keys.prove($0) }
    let deleted = lacking.isEmpty ? [] : try DeletedRows(copies: lacking).run(transaction)
    if let copy = lacking.first(where: { !deleted.contains($0.id) }) {
      return .proof("\(copy.id)", evidence: copy.headerBytes, losesNumbers: false)
    }
    try raise(lacking, in: transaction)
    // What an earlier key of ours signed is no claim; it is settled by the rotation.
    let sealed = Set(copies.filter { keys.isSealed($0) }.map(\.id))
    let bare = claimed.first { stored[$0] == nil && !sealed.contains($0) }
    return bare.map { .claim("\($0)") } ?? .nothing
  }

  /// Says which rows of the own log were deleted.
  private func raise<T: StoreTransaction & ~Copyable>(
    _ deleted: [ReceivedChangeSet], in transaction: borrowing T
  ) throws {
    guard !deleted.isEmpty else { return }
    let node = try transaction.node().agency
    try transaction.raise(
      deleted.map {
        Alarm(
          peer: node, kind: .lostRow, subject: "\($0.id)", evidence: $0.headerBytes, at: begun)
      })
  }
}
