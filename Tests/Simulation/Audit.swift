import Exchange
import Ledger
import TestSupport

/// What is written down beside the nodes, to check them by.
struct Audit {
  /// Every sealed part: who may have it.
  private var sealed: [PartHash: Set<AgencyCode>] = [:]
  /// Dossier and author of every chain that was forked on purpose.
  var forked: Set<[String]> = []
  /// Agencies that forked a chain of their own.
  var forkers: Set<AgencyCode> = []
  /// Agencies that sealed a change set which only others may hold: dated back, or on the footing of
  /// what is forged.
  var backdaters: Set<AgencyCode> = []
  /// Contents of attachments by their root.
  var contents: [Hash256: SampleAttachment] = [:]
  /// The attachments that change sets list.
  var attachments: [AttachmentPlace: ListedAttachment] = [:]
  /// Those whose content their author has stored whole.
  var whole: Set<AttachmentPlace> = []
  /// Change sets that every honest node rejects.
  var condemned: Set<ChangeSetID> = []
  /// Pages refused.
  var refusals = 0
  /// Change sets handed out.
  private(set) var handedOut = 0
  /// The numbers of an outbox and its reader that were ever served as a blank.
  private var blanks: [[AgencyCode]: Set<UInt64>] = [:]
  /// Up to where an outbox's reader has signed receipts.
  private var acknowledged: [[AgencyCode]: UInt64] = [:]

  mutating func wrote(_ changeSet: StoredChangeSet, isForged: Bool) {
    for (index, part) in changeSet.parts where index > 0 {
      let audience = changeSet.part(index)?.audience ?? []
      sealed[part.hash] = Set(audience + [changeSet.header.author])
    }
  }

  /// Looks at every byte at the transport seam with an oracle of its own.
  mutating func handedOut(
    _ deliveries: [Delivery], by node: SimulatedNode, to reader: AgencyCode,
    at simulation: Simulation
  ) throws {
    let readers = Set(
      simulation.nodes.first { $0.code == reader }?.keys.keys.map { $0 } ?? [])
    var excludedFrom: [DossierID: Set<AgencyCode>] = [:]
    var graphs: [DossierID: DossierGraph] = [:]
    for delivery in deliveries {
      if case .blank = delivery.content {
        blanks[[node.code, reader], default: []].insert(delivery.number)
      }
      guard case .changeSet(let received) = delivery.content else { continue }
      guard let changeSet = try node.store.readNow(ChangeSetOf(id: received.id)) else {
        try gaveBack(received, by: node, to: reader, readers, at: simulation)
        continue
      }
      handedOut += 1
      try simulation.checkClosed(received, of: changeSet, by: node, to: reader)
      let dossier = changeSet.dossier
      guard dossier != simulation.directory else { continue }
      if graphs[dossier] == nil {
        graphs[dossier] = try node.store.readNow(GraphOf(dossier: dossier))
        excludedFrom[dossier] = excluded(from: dossier, at: node)
      }
      let excluded = excludedFrom[dossier] ?? []
      for (index, part) in received.parts where index > 0 {
        let audience = sealed[part.hash] ?? []
        guard audience.subtracting(excluded).isDisjoint(with: readers) else { continue }
        throw simulation.failed(
          "\(node.code) hands a sealed part of \(received.id.hex.prefix(8)) to \(reader)", .leak)
      }
      if excluded.contains(reader) || readers.allSatisfy(excluded.contains) {
        throw simulation.failed(
          "\(node.code) hands \(received.id.hex.prefix(8)) to \(reader), which is excluded", .leak)
      }
      if graphs[dossier]?.granted.isDisjoint(with: readers) != false {
        throw simulation.failed(
          "\(node.code) hands \(received.id.hex.prefix(8)) to \(reader), never a member", .leak)
      }
    }
  }

  /// What a node only holds goes to nobody but its author, and not where that one is excluded.
  private func gaveBack(
    _ copy: ReceivedChangeSet, by node: SimulatedNode, to reader: AgencyCode,
    _ readers: Set<AgencyCode>, at simulation: Simulation
  ) throws {
    let name = copy.id.hex.prefix(8)
    guard case .header(let header) = copy.reading, readers.contains(header.author) else {
      throw simulation.failed(
        "\(node.code) hands \(name), which it only holds, to \(reader), not its author", .leak)
    }
    let barred = excluded(from: header.dossier(id: copy.id), at: node)
    if barred.contains(reader) || barred.contains(header.author) {
      throw simulation.failed(
        "\(node.code) hands \(name), which it only holds, to \(reader), excluded", .leak)
    }
  }

  /// Looks at bytes of attachments likewise: who has them must be one who may read their part.
  mutating func handedOut(
    _ places: [AttachmentPlace], by node: SimulatedNode, to reader: AgencyCode,
    at simulation: Simulation
  ) throws {
    var deliveries: [Delivery] = []
    for place in Set(places).sorted() {
      guard let changeSet = try node.store.readNow(ChangeSetOf(id: place.change)) else { continue }
      let part = changeSet.parts.filter { $0.key == place.part }
      deliveries.append(
        Delivery(number: 0, content: .changeSet(ReceivedChangeSet(changeSet, parts: part))))
    }
    try handedOut(deliveries, by: node, to: reader, at: simulation)
  }

  /// Forgets the numbers of an outbox that begins again under another id.
  mutating func restartedOutbox(of node: AgencyCode) {
    blanks = blanks.filter { $0.key.first != node }
    acknowledged = acknowledged.filter { $0.key.first != node }
  }

  /// What a receipt covers is durable at the reader in the moment it is signed.
  mutating func acknowledges(
    _ cursor: Cursor, of owner: SimulatedNode, by node: SimulatedNode, at simulation: Simulation
  ) throws {
    let pair = [owner.code, node.code]
    let before = acknowledged[pair] ?? 0
    guard cursor.number > before, let outbox = owner.store.contents.outboxes[node.code],
      cursor.outbox == owner.store.contents.node?.outbox
    else { return }
    acknowledged[pair] = cursor.number
    let contents = node.store.contents
    for line in outbox.numbered.dropFirst(Int(before)).prefix(Int(cursor.number - before)) {
      guard contents.rows[line.id] == nil, contents.held[line.id] == nil,
        contents.rejected[line.id] == nil, blanks[pair]?.contains(line.number) != true,
        !cursor.untaken.contains(where: { $0.number == line.number }),
        !node.holes.values.contains(where: { $0.changeSet.id == line.id })
      else { continue }
      throw simulation.failed(
        "\(node.code) acknowledges \(line.number) of \(owner.code), \(line.id.hex.prefix(8)), "
          + "and has it not", .lost)
    }
  }

  /// Whom the home has excluded, and not let in again by an admit that cites the exclude, by the
  /// statements stored at a node alone.
  func excluded(from dossier: DossierID, at node: SimulatedNode) -> Set<AgencyCode> {
    let contents = node.store.contents
    // What was deleted behind the node's back holds all the same.
    let log =
      (contents.log[dossier] ?? []).compactMap { contents.rows[$0]?.changeSet }
      + [node.holes[dossier]?.changeSet].compactMap(\.self)
    let home = log.first { $0.header.dossier == nil }?.header.author
    var excluded: Set<AgencyCode> = []
    for changeSet in log where changeSet.header.author == home {
      for statement in changeSet.part(0)?.membership ?? [] {
        if case .exclude(let agency, _) = statement, agency != home { excluded.insert(agency) }
      }
    }
    for changeSet in log where changeSet.header.author == home {
      for case .grant(let grant) in changeSet.part(0)?.membership ?? []
      where !grant.lifting.isEmpty {
        excluded.remove(grant.agency)
      }
    }
    return excluded
  }
}
