import Exchange
import Ledger
import TestSupport

/// What is remembered of databases that went back in time.
struct Restores {
  /// A copy of a node's database, and what it holds.
  struct Backup {
    let node: SimulatedNode
    let contents: MemoryContents
  }

  /// The copy at hand; it is put back once, and one that was made before that never after.
  var backup: Backup?
  /// The nodes whose database ever went back.
  var nodes: Set<AgencyCode> = []
  /// Change sets that nobody had but the database that was lost.
  var lost: Set<ChangeSetID> = []
  /// How often the node that went back has asked everybody since.
  var looks = 0
  /// What those nodes wrote since they went on: by node, with the dossier.
  var later: [AgencyCode: [ChangeSetID: DossierID]] = [:]
  /// How many databases were put back.
  var count = 0
}

/// Databases that are replaced by an older copy: what a restore, or a failover to a standby that
/// was behind, does to a node.
///
/// With the marker file outside the database the node knows of it at its start; where the whole
/// machine went back only its peers can tell. One node at a time, so that what it has lost is with
/// the others, and of what was only on its way nothing arrives any more: a connection and a disc
/// end with the machine they came from. A node that has forked or dated back on purpose is left
/// alone, for others have what it does not store itself, and so is one that has never sealed, which
/// asks nobody.
extension Simulation {
  /// Whether databases go back in this run: in every fourth of the honest ones.
  private var isRestoring: Bool {
    plan.ruleMistake == .writesBeforeFetching || plan.isHonest && plan.seed % 4 == 1
  }

  /// One turn of so many makes a copy or puts it back: a few times in a run, however long it is.
  private var restoringEvery: Int { 10 + plan.steps / 3 }
  /// One turn of so many a node that went back asks its peers.
  private static let askingEvery = 6

  func goBackInTime() async throws {
    guard isRestoring else { return }
    if let node = nodes.first(where: { !$0.gate.isOpen }) {
      if sideways(Self.askingEvery) == 0 { try await findWay(of: node) }
    } else if sideways(restoringEvery) == 0 {
      guard let backup = restores.backup else { return backUp() }
      restores.backup = nil
      try putBack(backup)
    }
  }

  private func backUp() {
    let node = nodes[sideways(nodes.count)]
    let contents = node.store.contents
    guard contents.node?.hasSealed == true, node.code != forger else { return }
    restores.backup = Restores.Backup(node: node, contents: contents)
    note("\(node.code) is backed up")
  }

  private func putBack(_ backup: Restores.Backup) throws {
    let (node, contents) = (backup.node, backup.contents)
    let (hasMarker, isReachable) = (sideways(2) == 0, sideways(2) == 0)
    guard isHonest(node), let lost = lost(of: node, by: contents) else { return }
    for id in lost {
      node.written[id] = nil
      dossiers.removeAll { $0.first == id }
    }
    restores.lost.formUnion(lost)
    restores.nodes.insert(node.code)
    restores.later[node.code] = [:]
    (restores.looks, restores.count) = (0, restores.count + 1)
    network.end(from: node.code)
    discs.removeAll { $0.from == node.code || $0.to == node.code }
    node.store.tamper { $0 = contents }
    node.restart()
    try node.store.writeNow(ReadWhole())
    node.toReaffirm.formUnion(node.keys.filter { $0.value.count > 1 }.keys)
    note("\(node.code) goes back in time and loses \(lost.count) that nobody has")
    if plan.ruleMistake == .writesBeforeFetching { return }
    let peers = nodes.map(\.code).filter { $0 != node.code }
    node.gate = SealingGate(peers: peers)
    if isReachable {
      for peer in peers where network.isCut(node.code, peer) { network.toggle(node.code, peer) }
    }
    guard hasMarker else { return }
    note("\(node.code) knows it by its marker")
    try node.store.writeNow(
      MarkRestored(
        witness: node.code, subject: "marker", outbox: node.entropy.outboxID(), now: now(node)))
    audit.restartedOutbox(of: node.code)
  }

  /// What the node wrote since the copy and nobody else has; nil when this copy is not put back.
  ///
  /// An entry of the directory that all have lost would be a key that nobody gave, and what is
  /// only held somewhere could wait for good when what it waits for is lost everywhere.
  private func lost(of node: SimulatedNode, by copy: MemoryContents) -> [ChangeSetID]? {
    let others = nodes.filter { $0 !== node }.map(\.store.contents)
    func isStored(_ id: ChangeSetID) -> Bool { others.contains { $0.rows[id] != nil } }
    func isKnown(_ id: ChangeSetID) -> Bool {
      isStored(id) || others.contains { $0.held[id] != nil }
    }
    let rows = node.store.contents.rows
    let since = node.written.keys.filter { copy.rows[$0] == nil }.sorted()
    let lost = since.filter { !isKnown($0) }
    let isWhole = since.allSatisfy { id in
      guard isKnown(id), !isStored(id) else { return true }
      let links = rows[id]?.changeSet.header.links ?? []
      return links.allSatisfy { copy.rows[$0] != nil || isKnown($0) }
    }
    return isWhole && lost.allSatisfy { node.written[$0] != directory } ? lost : nil
  }

  /// Looks at what a node wrote that once went back: a sequence may be used twice only where nobody
  /// has its first use.
  func wroteOnceBack(_ changeSet: StoredChangeSet, at node: SimulatedNode) throws {
    guard restores.nodes.contains(node.code) else { return }
    if node.gate.isOpen { restores.later[node.code]?[changeSet.id] = changeSet.dossier }
    let header = changeSet.header
    guard !audit.forked.contains([changeSet.dossier.hex, header.author.rawValue]) else { return }
    for other in nodes where other !== node {
      let chain = try other.store.readNow(GraphOf(dossier: changeSet.dossier))?
        .changeSets(of: header.author)
      let stored = chain?.first {
        $0.header.sequence == header.sequence && $0.id != changeSet.id
      }?.id
      let place = ChangeSetOrigin(
        dossier: changeSet.dossier, author: header.author, sequence: header.sequence)
      // What its author dated back on purpose is no use of a sequence.
      let held = other.store.contents.held.first { id, copies in
        !audit.condemned.contains(id) && copies.values.contains { $0.origin == place }
      }?.key
      guard let twin = stored ?? held, twin != changeSet.id else { continue }
      throw failed(
        "\(header.author) uses \(header.sequence) in \(changeSet.dossier.hex.prefix(8)) twice: "
          + "\(other.code) has \(twin.hex.prefix(8))", .doubled)
    }
  }

  /// Whether a node that once went back stores the dossier, or should: what its outbox owed and had
  /// served is not owed any more, what it is served again may be blank, and only a comparison shows
  /// it.
  func isShaken(_ dossier: DossierID, but node: SimulatedNode? = nil) throws -> Bool {
    let entitled = try entitled(dossier)
    return nodes.contains { other in
      other !== node && restores.nodes.contains(other.code)
        && (other.store.contents.log[dossier] != nil || entitled.contains { $0 === other })
    }
  }

  /// The outboxes alone bring what a node wrote after it went back and on, with all that it names.
  ///
  /// Looked at is where all authors have kept their keys: no grant waits to be re-affirmed there.
  func checkLaterDeliveries() throws {
    for node in nodes {
      let later = (restores.later[node.code] ?? [:]).sorted { $0.key < $1.key }
      for (id, dossier) in later where try !isTroubled(dossier) && !isShaken(dossier, but: node) {
        let authors = try node.store.readNow(GraphOf(dossier: dossier))?.authors ?? []
        let haveKept = authors.allSatisfy { author in
          nodes.allSatisfy { $0.keys[author]?.count ?? 1 == 1 }
        }
        guard haveKept else { continue }
        for reader in try entitled(dossier) where reader.store.contents.rows[id] == nil {
          throw failed(
            "\(reader.code) misses \(id.hex.prefix(8)) in \(dossier.hex.prefix(8)), which "
              + "\(node.code) wrote after it went back", .differs)
        }
      }
    }
  }

  /// What was lost with its only database is nowhere.
  func checkLost(_ node: SimulatedNode) throws {
    for id in restores.lost.sorted() where node.store.contents.rows[id] != nil {
      throw failed("\(node.code) stores \(id.hex.prefix(8)), which was lost for good")
    }
  }
}

/// Reads everything once: what is kept between transactions went with the database.
private struct ReadWhole: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    _ = try transaction.directory()
    _ = try transaction.graphs(transaction.dossiers(after: nil, limit: .max))
  }
}
