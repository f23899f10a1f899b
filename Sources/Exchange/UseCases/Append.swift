package import Ledger

/// One change set to be written.
package struct Draft: Sendable {
  /// The dossier; nil begins one, with the author as its home.
  package var dossier: DossierID?
  /// The parts, the open one first.
  package var parts: [Part]

  /// Drafts a change set.
  package init(dossier: DossierID?, parts: [Part]) {
    self.dossier = dossier
    self.parts = parts
  }
}

/// Why change sets were not written; nothing was stored.
package enum AppendRefusal: Error, Sendable, Equatable {
  /// After a start, no peer has yet compared this node's outbox and heads.
  case unconfirmed
  /// The database went back in time; own change sets must be fetched first.
  case restored
  /// The directory does not name this key as the author's key in force.
  case keyNotInForce
  /// The dossier is not stored here.
  case unknownDossier
  /// The author is no member of the dossier now.
  case notMember
  /// A limit of the protocol: which one.
  case tooLarge(String)
  /// Every honest node would reject it.
  case rejected(RejectionReason)
  /// Every honest node would hold it.
  case held(HoldReason)
  /// Every honest node would void it.
  case void(VoidReason)
  /// The open part would be void.
  case voidPart(PartFlaw)
}

/// What was written.
package struct Appended: Sendable {
  /// The change sets, in the order of the drafts.
  package var changeSets: [StoredChangeSet]
  /// The graphs of their dossiers after them, by dossier.
  package var graphs: [DossierID: DossierGraph]
  /// The nodes with new lines in their outbox, ascending: whoever waits there is to be woken.
  package var readers: [AgencyCode]
}

/// Writes change sets of one author: headers on the heads, one seal over all of them, stored,
/// folded, projected and queued for every member, in one transaction.
///
/// Each dossier may stand in `drafts` once. A grant queues the whole ancestry for the newcomer; an
/// `end` is itself the last delivery; an exclude is silent.
package struct Append: StoreWork {
  /// The author with its key.
  package var author: Signatory
  /// The change sets, at most `Limits.reaffirmationsPerSealMax`.
  package var drafts: [Draft]
  /// The business clock.
  package var now: Timestamp
  /// Whether sealing is allowed after this start.
  package var gate: SealingGate
  /// For salts and blinds.
  package var entropy: Entropy
  /// Whether the one draft founds the directory that this node pins.
  package var foundsDirectory: Bool
  /// The seals checked so far.
  package var seals = SealMemory()
  /// The readers whose question waits at this node now: what they get of a step is given out with
  /// its commit, so its numbers are given in the step's own transaction.
  package var attached: Set<AgencyCode> = []
  /// Whether the drafts re-affirm: one that would be refused is left out instead of refusing all,
  /// and one that is void because its author was cut off is written all the same.
  var reaffirms = false

  /// Drafts change sets of one author.
  package init(
    author: Signatory, drafts: [Draft], now: Timestamp, gate: SealingGate,
    entropy: Entropy = .system, foundsDirectory: Bool = false
  ) {
    self.author = author
    self.drafts = drafts
    self.now = now
    self.gate = gate
    self.entropy = entropy
    self.foundsDirectory = foundsDirectory
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Swift.Result<Appended, AppendRefusal> {
    do {
      return .success(try append(in: transaction))
    } catch let refusal as AppendRefusal {
      return .failure(refusal)
    }
  }

  /// The same, throwing the refusal, for works that do more in the transaction.
  package func append<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> Appended {
    var node = try transaction.node()
    if node.restored != nil { throw AppendRefusal.restored }
    if node.hasSealed, !gate.isOpen { throw AppendRefusal.unconfirmed }
    guard (1...Limits.reaffirmationsPerSealMax).contains(drafts.count) else {
      throw AppendRefusal.tooLarge("change sets in one seal")
    }
    let directory = try transaction.wholeDirectory()
    if !foundsDirectory,
      directory?.current.activeKey(of: author.agency)?.id != author.key.keyID
    {
      throw AppendRefusal.keyNotInForce
    }
    var graphs = try transaction.graphs(drafts.compactMap(\.dossier))
    let before = graphs.mapValues(\.members)
    let sealed = try seal(on: graphs, directory: directory, node: node)
    let pinned = foundsDirectory ? sealed.first?.dossier : node.directory
    var entries: [LogEntry] = []
    for changeSet in sealed {
      let dossier = changeSet.dossier
      do {
        try judge(changeSet, in: graphs[dossier], pinned: pinned, directory: directory)
        var graph = graphs[dossier] ?? DossierGraph(dossier)
        graph.insert(changeSet, directory: dossier == pinned ? nil : directory)
        if case .void(let reason) = graph.standing(of: changeSet.id),
          !(reaffirms && reason.isCutOff)
        {
          throw AppendRefusal.void(reason)
        }
        graphs[dossier] = graph
      } catch let refusal as AppendRefusal {
        guard reaffirms else { throw refusal }
        continue
      }
      entries.append(LogEntry(changeSet: changeSet, sender: nil, storedAt: now))
    }
    if entries.isEmpty { return Appended(changeSets: [], graphs: [:], readers: []) }
    if !node.hasSealed || foundsDirectory {
      node.hasSealed = true
      if foundsDirectory { node.directory = sealed.first?.dossier }
      try transaction.save(node)
    }
    let written = Set(entries.map(\.changeSet.dossier))
    let touched = graphs.values.filter { written.contains($0.id) }.sorted { $0.id < $1.id }
    try transaction.put(entries, graphs: touched)
    return try finish(
      entries.map(\.changeSet), touched, before: before,
      routingBefore: Routing(node: node.agency, view: directory?.current), node: node,
      in: transaction)
  }

  private func finish<T: StoreTransaction & ~Copyable>(
    _ written: [StoredChangeSet], _ graphs: [DossierGraph],
    before: [DossierID: Set<AgencyCode>], routingBefore: Routing, node: NodeRecord,
    in transaction: borrowing T
  ) throws -> Appended {
    let directory = try transaction.directory()
    try transaction.project(graphs, directory: directory)
    let routing = Routing(node: node.agency, view: directory?.current)
    var lines: [OutboxLine] = []
    for changeSet in written {
      guard let graph = graphs.first(where: { $0.id == changeSet.dossier }) else { continue }
      let isDirectory = graph.id == node.directory
      lines +=
        isDirectory
        ? routing.directoryLines(
          for: [changeSet], newNodes: routing.nodes.subtracting(routingBefore.nodes), graph: graph)
        : routing.lines(for: changeSet, in: graph, before: before[graph.id] ?? [])
    }
    if reaffirms || drafts.count > Limits.stepDraftsMax {
      for index in lines.indices { lines[index].isBulk = true }
    }
    let direct = DirectNumbering(node: node, routing: routing, attached: attached)
    let waiting = try direct.run(lines, of: written, in: graphs, transaction)
    try transaction.enqueue(waiting)
    return Appended(
      changeSets: written,
      graphs: Dictionary(uniqueKeysWithValues: graphs.map { ($0.id, $0) }),
      readers: Set(lines.map(\.reader)).sorted())
  }
}

extension Append {
  /// Refuses what any honest node would not store.
  private func judge(
    _ changeSet: StoredChangeSet, in graph: DossierGraph?, pinned: DossierID?,
    directory: Directory?
  ) throws {
    guard let pinned else { throw AppendRefusal.keyNotInForce }
    let received = ReceivedChangeSet(changeSet, parts: changeSet.parts)
    var seals = SealVerifier(seals)
    switch Judge(pinned: pinned, directory: directory).judge(received, in: graph, seals: &seals)
      .verdict
    {
    case .stored: return
    case .rejected(let reason): throw AppendRefusal.rejected(reason)
    case .held(let reason, _): throw AppendRefusal.held(reason)
    }
  }

  /// Builds the headers and seals them.
  private func seal(
    on graphs: [DossierID: DossierGraph], directory: Directory?, node: NodeRecord
  ) throws -> [StoredChangeSet] {
    var drafted: [(bytes: [UInt8], parts: [Int: SaltedPart])] = []
    for draft in drafts {
      var graph: DossierGraph?
      if let dossier = draft.dossier {
        guard let known = graphs[dossier] else { throw AppendRefusal.unknownDossier }
        graph = known
      }
      let isDirectory = foundsDirectory || (draft.dossier != nil && draft.dossier == node.directory)
      let parts = try salted(draft.parts, inDirectory: isDirectory)
      let hashes = parts.sorted { $0.key < $1.key }.map(\.value.hash)
      let newest = isDirectory ? nil : directory?.newest
      let header =
        graph?.nextHeader(
          author: author.agency, key: author.key.keyID, directory: newest, authoredAt: now,
          parts: hashes)
        ?? .first(
          author: author.agency, key: author.key.keyID, directory: newest, authoredAt: now,
          parts: hashes)
      let bytes = header.encoded()
      let total = parts.values.reduce(bytes.count) { $0 + $1.salt.count + $1.content.count }
      if total > Ledger.Limits.changeSetBytesMax {
        throw AppendRefusal.tooLarge("bytes of a change set")
      }
      drafted.append((bytes, parts))
    }
    let leaves = drafted.map { draft in
      (id: ChangeSetHeader.id(of: draft.bytes), blind: entropy.bytes(SealTree.blindByteCount))
    }
    guard let tree = SealTree(leaves) else { throw AppendRefusal.tooLarge("leaves of a seal") }
    let sealed = tree.sealed(by: author.agency, with: author.key, at: now)
    return try zip(drafted, sealed).map { draft, proof in
      guard
        let changeSet = StoredChangeSet(
          headerBytes: draft.bytes, proof: proof, parts: draft.parts)
      else { throw AppendRefusal.rejected(.header(.field)) }
      return changeSet
    }
  }

  private func salted(_ parts: [Part], inDirectory: Bool) throws -> [Int: SaltedPart] {
    guard !parts.isEmpty, parts.count <= Ledger.Limits.partsMax else {
      throw AppendRefusal.tooLarge("parts of a change set")
    }
    var result: [Int: SaltedPart] = [:]
    for (index, part) in parts.enumerated() {
      if let flaw = part.flaw(author: author.agency, index: index, inDirectory: inDirectory) {
        throw AppendRefusal.voidPart(flaw)
      }
      let content = part.encoded()
      if content.count > Ledger.Limits.partBytesMax {
        throw AppendRefusal.tooLarge("bytes of a part")
      }
      result[index] = SaltedPart(salt: entropy.bytes(SaltedPart.saltByteCount), content: content)
    }
    return result
  }
}
