import Exchange
import Ledger
import TestSupport

/// What was deleted of one dossier behind a node's back.
struct DeletedRow {
  /// The dossier as it was before.
  let whole: DossierGraph
  /// What is not there any more.
  let changeSet: StoredChangeSet
}

/// Rows of a log that somebody deletes past the node: a superuser, or a disk.
///
/// Only what another node stores is deleted, so that a repair can fetch it. The directory is left
/// alone: where it has a hole a node does nothing at all.
extension Simulation {
  /// Whether rows are deleted in this run: in every fourth of the honest ones.
  private var isHoling: Bool {
    plan.storeMistake == .overlooksHole || plan.isHonest && plan.seed % 4 == 3
  }

  /// One turn of so many deletes a row or lets a node repair itself: some times in a run.
  private var holingEvery: Int { 10 + plan.steps / 6 }

  func breakOrRepair() async throws {
    guard isHoling, sideways(holingEvery) == 0 else { return }
    let node = nodes[sideways(nodes.count)]
    if sideways(3) > 0 { return try await deleteRow(at: node) }
    guard !isPaused(node), !node.holes.isEmpty else { return }
    try await repair(node)
  }

  private func deleteRow(at node: SimulatedNode) async throws {
    let contents = node.store.contents
    let known = dossiers.filter {
      contents.log[$0]?.count ?? 0 > 1 && node.holes[$0] == nil
    }
    guard !known.isEmpty, !node.store.isDown else { return }
    let dossier = known[sideways(known.count)]
    let others = nodes.filter { $0 !== node }.map(\.store.contents)
    guard let whole = try node.store.readNow(GraphOf(dossier: dossier)) else { return }
    // An end of the log is missed by nothing but what is known of it.
    let ids = sideways(2) == 0 ? whole.heads : whole.order
    let elsewhere = ids.filter { id in others.contains { $0.rows[id] != nil } }
    guard !elsewhere.isEmpty, let row = contents.rows[elsewhere[sideways(elsewhere.count)]] else {
      return
    }
    let id = row.changeSet.id
    try await running(node) { try node.store.writeNow(Delete(id: id, dossier: dossier)) }
    guard node.store.contents.rows[id] == nil else { return }
    node.holes[dossier] = DeletedRow(whole: whole, changeSet: row.changeSet)
    node.onceHoled.insert(dossier)
    node.rowsDeleted += 1
    note("\(node.code) loses the row of \(id.hex.prefix(8)) in \(dossier.hex.prefix(8))")
  }

  /// Whether a dossier may be written in at a node; where its log has a hole, nothing is written
  /// upon it, for that could use a sequence twice.
  func isWhole(
    _ dossier: DossierID, at node: SimulatedNode, for author: Signatory
  ) throws -> Bool {
    guard node.holes[dossier] != nil else { return true }
    let work = Append(
      author: author, drafts: [Draft(dossier: dossier, parts: [Part()])], now: now(node),
      gate: node.gate, entropy: node.entropy)
    do {
      guard case .failure = try node.store.writeNow(work) else {
        throw failed("\(node.code) writes upon a hole in \(dossier.hex.prefix(8))")
      }
    } catch let error as ExchangeError where error.code == .corrupt {
      done.refused += 1
    }
    return false
  }

  /// What leaves of a dossier with a hole would leave of the whole one, too: nobody comes in by
  /// what is lost.
  func checkClosed(
    _ received: ReceivedChangeSet, of changeSet: StoredChangeSet, by node: SimulatedNode,
    to reader: AgencyCode
  ) throws {
    guard let deleted = node.holes[changeSet.dossier] else { return }
    let view = try node.store.readNow(DirectoryOf())?.current
    let audience = Audience(
      graph: deleted.whole, routing: Routing(node: node.code, view: view), isDirectory: false)
    let lawful = audience.disclosed(changeSet, to: reader)
    if let lawful, Set(received.parts.keys).isSubset(of: lawful.parts.keys) { return }
    throw failed(
      "\(node.code) hands \(changeSet.id.hex.prefix(8)) to \(reader) through a hole in "
        + "\(changeSet.dossier.hex.prefix(8))", .leak)
  }

  /// Lets a node check the dossiers that lost something, and fetch what lacks from their members.
  func repair(_ node: SimulatedNode) async throws {
    for dossier in node.holes.keys.sorted() {
      try await running(node) { try await check(dossier, at: node) }
      guard let deleted = node.holes[dossier],
        node.store.contents.rows[deleted.changeSet.id] != nil
      else { continue }
      node.holes[dossier] = nil
      note("\(node.code) has \(dossier.hex.prefix(8)) whole again")
    }
    try await running(node) { try reaffirm(at: node) }
  }

  private func check(_ dossier: DossierID, at node: SimulatedNode) async throws {
    let clock = now(node)
    // A peer that cannot be asked is passed over, and what it must not give is not.
    var failure: SimulationFailure?
    _ = try await SelfChecking(repairs: true, dossier: dossier).run(
      over: node.store, now: { clock },
      ask: { peer, request in
        guard let other = self.node(peer), !isPaused(other), !network.isCut(node.code, peer) else {
          throw ExchangeError(.unavailable, "a peer is out of reach")
        }
        let answer = try other.store.readNow(
          AnswerFetch(requester: node.code, request: request))
        do {
          try audit.handedOut(answer.deliveries, by: other, to: node.code, at: self)
        } catch let leak as SimulationFailure {
          failure = leak
        }
        return answer
      })
    if let failure { throw failure }
  }

  /// Lets every node fill its holes, in a network that is whole.
  ///
  /// What no member gives, for the node has been put out since, comes back as from a backup.
  func repairAll() async throws {
    for node in nodes where !node.holes.isEmpty {
      try await repair(node)
      for (dossier, deleted) in node.holes.sorted(by: { $0.key < $1.key }) {
        let changeSet = deleted.changeSet
        try checkNobodyGives(changeSet, to: node)
        let hole = SelfCheckReport.Hole(
          id: changeSet.id, dossier: dossier, author: nil, sequence: nil)
        let copy = ReceivedChangeSet(changeSet, parts: changeSet.parts)
        _ = try node.store.writeNow(
          FillHoles(peer: node.code, holes: [hole], copies: [copy], now: now(node)))
        note("\(node.code) takes \(changeSet.id.hex.prefix(8)) from a backup")
      }
      try await repair(node)
      guard node.holes.isEmpty else { throw failed("\(node.code) keeps a hole", .lost) }
    }
  }

  private func checkNobodyGives(_ changeSet: StoredChangeSet, to node: SimulatedNode) throws {
    let view = try node.store.readNow(DirectoryOf())?.current
    let routing = Routing(node: node.code, view: view)
    let members = node.store.contents.summaries[changeSet.dossier]?.members ?? []
    let hosts = Set(members.map(routing.host(of:)))
    for other in nodes where other !== node && hosts.contains(other.code) {
      let answer = try other.store.readNow(
        AnswerFetch(requester: node.code, request: FetchRequest(ids: [changeSet.id])))
      guard !answer.deliveries.isEmpty else { continue }
      throw failed(
        "\(node.code) does not fetch \(changeSet.id.hex.prefix(8)) in "
          + "\(changeSet.dossier.hex.prefix(8)), which \(other.code) gives", .lost)
    }
  }
}

/// Deletes a row as nothing in production does.
private struct Delete: StoreWork {
  let id: ChangeSetID
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.forget([id], in: dossier)
  }
}
