import Exchange
import Ledger
import TestSupport

/// How a node whose database went back in time goes on: what `StartComparison` and `Restoring` of a
/// node do, one look at all peers at a time.
///
/// The protocol asks whoever can be reached. Here a look waits until everybody can be, since what
/// only somebody out of reach has may be written a second time by design.
extension Simulation {
  /// Looks after which a person gives up what is still not whole, or opens the gate by hand.
  private static let looksMax = 12

  /// Asks everybody once.
  func findWay(of node: SimulatedNode) async throws {
    let peers = nodes.filter { $0 !== node }
    guard !isPaused(node),
      peers.allSatisfy({ !isPaused($0) && !network.isCut(node.code, $0.code) }),
      let signatory = node.keys[node.code]?.last?.signatory
    else { return }
    restores.looks += 1
    let outbox = try node.store.readNow(NodeState()).outbox
    try await running(node) { try await look(of: node, at: peers, as: signatory) }
    if try node.store.readNow(NodeState()).outbox != outbox {
      audit.restartedOutbox(of: node.code)
    }
  }

  /// Lets every node that went back go on, in a network that is whole.
  func goOn() async throws {
    for _ in 0...2 * Self.looksMax {
      guard let node = nodes.first(where: { !$0.gate.isOpen }) else { return }
      try await findWay(of: node)
      for peer in nodes where peer !== node { try await ask(node, peer) }
      while !network.isEmpty { try await deliver() }
    }
    throw failed("a node that went back never goes on", .differs)
  }

  private func look(
    of node: SimulatedNode, at peers: [SimulatedNode], as signatory: Signatory
  ) async throws {
    var gate = SealingGate(peers: peers.map(\.code))
    if try node.store.readNow(NodeState()).restored == nil {
      guard try await isConfirmed(node, by: peers, as: signatory, &gate) else { return }
    }
    let state = try node.store.readNow(NodeState()).restored
    guard state != nil || gate.isOpen else { return }
    // After a rotation what is not here is fetched before anything is re-affirmed, and a person
    // who opens the gate by hand has everything fetched as well.
    if state != nil || !node.toReaffirm.isEmpty || gate.overrideReason != nil {
      for peer in peers {
        guard try await isFetched(from: peer, at: node, as: signatory) else { return }
      }
    }
    if let state {
      guard try resume(node, as: signatory, known: state) else { return }
      for peer in peers { gate.compared(peer.code, .agrees) }
      try checkParts(of: node, since: state.since)
    }
    try checkFetched(node)
    node.gate = gate
    note("\(node.code) goes on after \(restores.looks) looks")
    try reaffirm(at: node)
  }

  /// Asks each peer for more of this node than is here.
  ///
  /// - Returns: whether there is something to go on with.
  private func isConfirmed(
    _ node: SimulatedNode, by peers: [SimulatedNode], as signatory: Signatory,
    _ gate: inout SealingGate
  ) async throws -> Bool {
    let clock = now(node)
    for peer in peers {
      let comparison = try await Confirming(peer: peer.code, signatory: signatory).run(
        over: node.store, now: { clock }, ask: { try answer($0, of: node, by: peer) })
      // The gate passes over whom nobody reached; here everybody answers the next time.
      if comparison == .unreachable { return false }
      gate.compared(peer.code, comparison)
      note("\(node.code) hears that \(peer.code) \(comparison)")
    }
    // Heads signed with a key replaced since prove nothing.
    if gate.peersAhead.isEmpty, !gate.isOpen, restores.looks > Self.looksMax {
      gate.override(reason: "nobody proves what they claim")
    }
    return true
  }

  private func isFetched(
    from peer: SimulatedNode, at node: SimulatedNode, as signatory: Signatory
  ) async throws -> Bool {
    let clock = now(node)
    return try await Recovering(peer: peer.code, signatory: signatory).run(
      over: node.store, now: { clock }, ask: { try answer($0, of: node, by: peer) }
    ).isWhole
  }

  /// Ends the restored state, by itself or by a person who confirms what came back.
  ///
  /// - Returns: whether it ended.
  private func resume(
    _ node: SimulatedNode, as signatory: Signatory, known state: RestoredState
  ) throws -> Bool {
    guard let standing = try node.store.readNow(ReadRestored(signatory: signatory)) else {
      return true
    }
    guard standing.held.isEmpty || restores.looks > Self.looksMax else { return false }
    for entry in standing.returned where node.written[entry.id] == nil {
      guard audit.forked.contains([entry.dossier.hex, entry.author.rawValue]) else {
        throw failed("\(node.code) is given back \(entry.id.hex.prefix(8)), not its own")
      }
    }
    let outbox = node.entropy.outboxID()
    if standing.returned.isEmpty, standing.held.isEmpty {
      return try node.store.writeNow(
        ResumeWhenWhole(signatory: signatory, state: state, outbox: outbox))
    }
    note("a person confirms \(standing.returned.count) that \(node.code) is given back")
    try node.store.writeNow(ResumeAfterRestore(outbox: outbox))
    return true
  }

  /// Whatever a peer stores of what this node wrote, in a dossier that it shares with it, is here.
  ///
  /// Who has been put out since, or whose grant waits to be re-affirmed, is told nothing of the
  /// dossier, its own chain included: there it may fork without meaning to.
  private func checkFetched(_ node: SimulatedNode) throws {
    let rows = node.store.contents.rows
    let missing = node.written.filter { rows[$0.key] == nil }
    for (id, dossier) in missing.sorted(by: { $0.key < $1.key }) {
      let others = nodes.filter { $0 !== node }
      let holders = others.filter { $0.store.contents.rows[id] != nil }
      if let holder = try holders.first(where: { try tells($0, node, of: dossier) }) {
        throw failed(
          "\(node.code) goes on without its own \(id.hex.prefix(8)) in "
            + "\(dossier.hex.prefix(8)), which \(holder.code) stores", .lost)
      }
      node.written[id] = nil
      let author =
        holders.first?.store.contents.rows[id]?.changeSet.header.author
        ?? nodes.compactMap { $0.store.contents.held[id]?.values.first?.origin?.author }.first
      guard let author else { continue }
      audit.forked.insert([dossier.hex, author.rawValue])
      audit.forkers.insert(author)
      let place = "\(id.hex.prefix(8)) in \(dossier.hex.prefix(8))"
      note("\(node.code) is told nothing of \(place) and may fork there")
    }
  }

  /// A part of what came back that a peer gives came with it.
  private func checkParts(of node: SimulatedNode, since: Timestamp) throws {
    // Where the clock was set back, what came back is not told from what was here.
    guard since <= now(node) else { return }
    let rows = node.store.contents.rows
    for id in node.written.keys.sorted() {
      guard let row = rows[id], row.sender != nil, row.storedAt >= since else { continue }
      let here = Set(row.changeSet.parts.keys)
      for other in nodes where other !== node {
        guard let there = other.store.contents.rows[id]?.changeSet.parts.keys,
          !here.isSuperset(of: there)
        else { continue }
        let answer = try other.store.readNow(
          AnswerFetch(requester: node.code, request: FetchRequest(ids: [id])))
        guard case .changeSet(let given) = answer.deliveries.first?.content,
          !here.isSuperset(of: given.parts.keys)
        else { continue }
        throw failed(
          "\(node.code) lacks a part of its own \(id.hex.prefix(8)) in "
            + "\(row.changeSet.dossier.hex.prefix(8)), which \(other.code) gives", .lost)
      }
    }
  }

  /// Whether a peer tells a node of a dossier that both share.
  private func tells(
    _ peer: SimulatedNode, _ node: SimulatedNode, of dossier: DossierID
  ) throws -> Bool {
    if dossier == directory { return true }
    guard let item = peer.store.contents.summaries[dossier]?.item else { return false }
    let answer = try peer.store.readNow(
      AnswerFetch(requester: node.code, request: FetchRequest(items: [item])))
    return answer.chains.contains { $0.dossier == dossier }
  }
}
