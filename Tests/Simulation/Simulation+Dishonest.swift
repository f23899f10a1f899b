import Exchange
import Ledger
import TestSupport

extension Simulation {
  /// A change set made past the production path, with any bytes in its parts, and sealed by its
  /// author unless another is named.
  func forged(
    _ dossier: DossierID, by author: Signatory, on graph: DossierGraph, entry: ChangeSetID?,
    contents: [[UInt8]], authoredAt: Timestamp? = nil, sealedBy signer: Signatory? = nil
  ) -> ReceivedChangeSet? {
    let parts = contents.map { SaltedPart(salt: generator.bytes(32), content: $0) }
    guard
      let header = graph.nextHeader(
        author: author.agency, key: author.key.keyID, directory: entry,
        authoredAt: authoredAt ?? clock, parts: parts.map(\.hash))
    else { return nil }
    let bytes = header.encoded()
    let id = ChangeSetHeader.id(of: bytes)
    let proof = SealTree([(id: id, blind: generator.bytes(32))])?
      .sealed(by: author.agency, with: (signer ?? author).key, at: header.authoredAt).first
    return ReceivedChangeSet(
      headerBytes: bytes, proof: proof,
      parts: Dictionary(uniqueKeysWithValues: parts.enumerated().map { ($0.offset, $0.element) }))
  }

  /// Stores a forged change set at its author's own node and sends it to some of the members.
  func plant(
    _ received: ReceivedChangeSet, at node: SimulatedNode, toAll: Bool, _ graph: DossierGraph
  ) throws {
    let view = try node.store.readNow(DirectoryOf())?.current
    let routing = Routing(node: node.code, view: view)
    let members = graph.isDirectory ? Set(nodes.map(\.code)) : graph.members
    let readers = Set(members.map(routing.host(of:))).subtracting([node.code]).sorted()
    try plant(received, at: node, readers: toAll ? readers : readers.filter { _ in random(2) == 0 })
  }

  /// Stores a forged change set at its author's own node and sends it to these.
  func plant(
    _ received: ReceivedChangeSet, at node: SimulatedNode, readers: [AgencyCode]
  ) throws {
    let isPlanted = try node.store.writeNow(
      Plant(received: received, readers: readers, node: node.code, now: now(node), seals: seals))
    guard isPlanted, let changeSet = try node.store.readNow(ChangeSetOf(id: received.id)) else {
      return
    }
    done.forged += 1
    audit.wrote(changeSet, isForged: true)
  }

  private func ownDossier(
    at node: SimulatedNode
  ) throws -> (DossierGraph, Signatory, ChangeSetID)? {
    guard node.gate.isOpen, let signatory = try node.signatory(node.code), !dossiers.isEmpty,
      let graph = try node.store.readNow(
        GraphOf(dossier: dossiers[random(dossiers.count)])),
      graph.hole == nil, graph.members.contains(node.code),
      let entry = try node.store.readNow(DirectoryOf())?.newest
    else { return nil }
    return (graph, signatory, entry)
  }

  /// A sealed part that is no protobuf, or names no audience: void, and nothing else is.
  func malformed(at node: SimulatedNode) async throws {
    guard let (graph, signatory, entry) = try ownDossier(at: node) else { return }
    let open = Part().encoded()
    guard
      let received = forged(
        graph.id, by: signatory, on: graph, entry: entry, contents: [open, generator.bytes(20)])
    else { return }
    try plant(received, at: node, toAll: true, graph)
    node.written[received.id] = graph.id
    let place = "\(received.id.hex.prefix(8)) in \(graph.id.hex.prefix(8))"
    note("\(node.code) sends a malformed sealed part, \(place)")
  }

  /// An author that dates a change set back, before what it has seen of the directory: every honest
  /// node rejects it, whatever it knows, and nobody ever names it.
  func backdate(at node: SimulatedNode) throws {
    guard let (graph, signatory, _) = try ownDossier(at: node), graph.id != directory,
      let view = try node.store.readNow(DirectoryOf()), let oldest = view.graph.order.first,
      let head = graph.head(of: node.code) ?? graph.heads.first,
      let newer = graph.changeSet(head)?.header.directory, view.graph.isAncestor(oldest, of: newer),
      let received = forged(
        graph.id, by: signatory, on: graph, entry: oldest, contents: [Part().encoded()],
        authoredAt: Timestamp(microseconds: clock.microseconds - 400 * 86_400_000_000))
    else { return }
    audit.condemned.insert(received.id)
    audit.backdaters.insert(node.code)
    var answer = FetchAnswer()
    answer.deliveries = [Delivery(number: 0, content: .changeSet(received))]
    let routing = Routing(node: node.code, view: view.current)
    for reader in Set(graph.members.map(routing.host(of:))).subtracting([node.code]).sorted() {
      send(Message(from: node.code, to: reader, body: .fetched(answer.encoded())))
    }
    done.forged += 1
    let place = "\(received.id.hex.prefix(8)) in \(graph.id.hex.prefix(8))"
    note("\(node.code) backdates \(place)")
  }

  /// An author that signs two change sets of one sequence, one for each half of the members.
  func fork(at node: SimulatedNode) async throws {
    // Rare and only by the last node: a fork voids its author's later history.
    guard node.code == nodes.last?.code, random(3) == 0,
      let (graph, signatory, entry) = try ownDossier(at: node),
      let first = forged(
        graph.id, by: signatory, on: graph, entry: entry, contents: [Part().encoded()]),
      let second = forged(
        graph.id, by: signatory, on: graph, entry: entry, contents: [Part().encoded()])
    else { return }
    audit.forked.insert([graph.id.hex, node.code.rawValue])
    audit.forkers.insert(node.code)
    try plant(first, at: node, toAll: false, graph)
    try plant(second, at: node, toAll: false, graph)
    note("\(node.code) forks in \(graph.id.hex.prefix(8))")
  }

  /// A thief uses a replaced key at another node, under the directory of the time before.
  func steal() async throws {
    let victims = nodes.flatMap { node in node.keys.filter { $0.value.count > 1 }.keys }.sorted()
    guard !victims.isEmpty else { return }
    let victim = victims[random(victims.count)]
    let node = nodes[random(nodes.count)]
    guard node.code != victim, let owner = nodes.first(where: { $0.keys[victim] != nil }),
      let old = owner.keys[victim]?.first?.signatory, !dossiers.isEmpty,
      let graph = try node.store.readNow(GraphOf(dossier: dossiers[random(dossiers.count)])),
      let head = graph.head(of: victim), graph.members.contains(node.code),
      let entry = graph.changeSet(head)?.header.directory,
      let received = forged(
        graph.id, by: old, on: graph, entry: entry, contents: [Part().encoded()])
    else { return }
    try await running(node) {
      audit.forked.insert([graph.id.hex, victim.rawValue])
      try plant(received, at: node, toAll: true, graph)
      note("a thief writes as \(victim) at \(node.code) in \(graph.id.hex.prefix(8))")
    }
  }

  /// A relay that changes bytes it does not own, under a head statement of its own.
  func tampered(_ page: DeliveryPage, by node: SimulatedNode) throws -> DeliveryPage {
    guard random(3) == 0, !page.deliveries.isEmpty else { return page }
    var deliveries = page.deliveries
    let index = random(deliveries.count)
    guard case .changeSet(var received) = deliveries[index].content,
      received.reading.author != node.code
    else { return page }
    if random(2) == 0, let part = received.parts[0] {
      received.parts[0] = SaltedPart(salt: part.salt, content: part.content + [0])
    } else if let proof = received.proof {
      received.proof = SealProof(
        seal: proof.seal, blind: generator.bytes(32), leaf: proof.leaf, path: proof.path)
    }
    deliveries[index].content = .changeSet(received)
    done.forged += 1
    note("\(node.code) tampers with \(received.id.hex.prefix(8))")
    return try resigned(page, deliveries, by: node)
  }

  /// A page with other deliveries, and a statement of its server's that is changed with them.
  func resigned(
    _ page: DeliveryPage, _ deliveries: [Delivery], by node: SimulatedNode,
    _ change: (inout HeadStatement) -> Void = { _ in }
  ) throws -> DeliveryPage {
    guard var statement = page.head.claim(as: HeadStatement.self),
      let signatory = try node.signatory(node.code)
    else { return page }
    change(&statement)
    (statement.key, statement.page) = (signatory.key.keyID, DeliveryPage.digest(of: deliveries))
    return DeliveryPage(
      deliveries: deliveries, head: SignedObject(signing: statement, with: signatory.key))
  }
}

extension HeaderReading {
  /// The author, where the header can be read.
  var author: AgencyCode? {
    if case .header(let header) = self { header.author } else { nil }
  }
}

/// One stored change set.
struct ChangeSetOf: StoreWork {
  let id: ChangeSetID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> StoredChangeSet? {
    try transaction.changeSets([id]).first
  }
}
