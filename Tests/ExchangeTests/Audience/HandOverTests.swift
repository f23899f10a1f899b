import Exchange
import Ledger
import TestSupport
import Testing

/// An agency without a node of its own, on the node of another and then on its own.
@Suite struct HandOverTests {
  private static let labels = ["A", "H", "T", "Y"]
  private static let before = SampleAgency("U", hostedBy: "Y")
  private static let after = SampleAgency("U", generation: 1)

  private func grant(_ label: String, _ ground: Grant.Ground) -> MembershipStatement {
    .grant(Grant(agency: BundleWorld.code(label), ground: ground))
  }

  private func admit(_ agency: SampleAgency, key: SampleAgency, _ world: BundleWorld) async throws {
    try await world["A"].carry(
      .admission(
        entry: agency.entry, key: key.signatory.key.publicKey, particulars: nil),
      in: world.directory)
  }

  /// The dossiers of the story, all written while U works on the node of Y.
  private struct Papers {
    var toHosted: DossierID
    var ofHosted: DossierID
    var alone: DossierID
    var toBoth: DossierID
    var closed: DossierID

    var all: [DossierID] { [toHosted, ofHosted, alone, toBoth, closed] }
  }

  private func papers(_ world: BundleWorld) async throws -> Papers {
    let unit = Self.before.signatory
    let sealed = Part(audience: [unit.agency])
    let toHosted = try await world["H"].append(
      nil, [Part(membership: [grant("U", .to)]), sealed]
    ).dossier
    let ofHosted = try await world["Y"].append(
      nil, [Part(membership: [grant("T", .to)]), sealed], by: unit
    ).dossier
    let alone = try await world["Y"].append(nil, [Part(), sealed], by: unit).dossier
    let toBoth = try await world["H"].append(
      nil, [Part(membership: [grant("U", .to), grant("Y", .cc)])]
    ).dossier
    let closed = try await world["H"].append(nil, [Part(membership: [grant("U", .cc)])]).dossier
    try await world.settle(Self.labels)
    for dossier in [toHosted, toBoth, alone] {
      try await world["Y"].append(dossier, [Part()], by: unit)
    }
    try await world["H"].append(
      closed, [Part(membership: [.exclude(agency: unit.agency, reason: "related")])])
    try await world["T"].append(ofHosted, [Part()])
    try await world.settle(Self.labels)
    return Papers(
      toHosted: toHosted, ofHosted: ofHosted, alone: alone, toBoth: toBoth, closed: closed)
  }

  private func graphs(
    _ papers: Papers, at node: BundleWorld.Node
  ) async throws -> [DossierID: DossierGraph] {
    try await node.store.read(GraphsOf(dossiers: papers.all))
  }

  /// The new node: it joins by the directory alone, then takes over as after every rotation.
  private func newNode(_ world: BundleWorld) async throws -> BundleWorld.Node {
    let node = BundleWorld.Node(MemoryStore(fold: SampleFold.fold), Self.after)
    try await node.initialize(directory: world.directory)
    let answer = try await world["A"].store.read(
      AnswerJoin(agency: node.agency.code, key: Self.after.signatory.key.keyID))
    guard case .admitted(let deliveries) = answer else {
      Issue.record("not admitted")
      return node
    }
    _ = try await node.store.write(
      TakeFetched(peer: BundleWorld.code("A"), deliveries: deliveries, now: .sample))
    return node
  }

  private func recover(_ node: BundleWorld.Node, from label: String, _ world: BundleWorld)
    async throws
  {
    try await node.catchUp(with: world[label])
    let done = try await Recovering(peer: BundleWorld.code(label)).run(
      over: node.store, now: { .sample },
      ask: { try await world[label].answered($0, from: node.agency.code) })
    #expect(done.isWhole)
  }

  private func reaffirm(_ node: BundleWorld.Node) async throws {
    var last: DossierID?
    repeat {
      last = try await node.store.write(
        Reaffirm(
          author: Self.after.signatory, after: last, now: .sample, gate: .open,
          entropy: node.entropy)
      ).get().last
    } while last != nil
  }

  @Test func `edge E22 a hosted agency moves to a node of its own by a rotation of its key`()
    async throws
  {
    let world = try await BundleWorld(Self.labels)
    try await admit(Self.before, key: Self.before, world)
    try await world.settle(Self.labels)
    let papers = try await papers(world)
    try await world["A"].carry(
      .key(agency: Self.after.code, key: Self.after.signatory.key.publicKey), in: world.directory)
    try await admit(Self.after, key: Self.after, world)
    try await world.settle(Self.labels)
    let node = try await newNode(world)
    for label in Self.labels { try await recover(node, from: label, world) }
    let held = try await graphs(papers, at: node)
    let old = try await graphs(papers, at: world["Y"])
    // An exclude is silent: what left before it stands, and the new node gets no more of it.
    #expect(held[papers.closed]?.excluded.isEmpty == true)
    for dossier in papers.all {
      #expect(held[dossier]?.order == old[dossier]?.order)
      #expect(held[dossier]?.order.isEmpty == false)
    }
    for dossier in [papers.toHosted, papers.ofHosted, papers.alone] {
      #expect(held[dossier]?.changeSet(dossier.first)?.part(1) != nil, "its sealed parts came too")
    }
    try await checkAttachment(papers, node, world)
    try await reaffirm(node)
    for label in ["H", "T"] {
      try await world[label].catchUp(with: node)
      try await node.catchUp(with: world[label])
    }
    try await checkStanding(papers, node, world)
    try await checkOldHost(papers, node, world)
  }

  /// A file that U listed on the old host is fetched there.
  private func checkAttachment(
    _ papers: Papers, _ node: BundleWorld.Node, _ world: BundleWorld
  ) async throws {
    let file = SampleAttachment(bytes: 9)
    let listed = ListedAttachment(
      place: AttachmentPlace(change: papers.alone.first, part: 1, position: 0),
      dossier: papers.alone, record: 0, index: 0, content: file.content)
    try await world["Y"].store.write(
      DoAttachments(.list([listed]), .put(file.pieces, listed.place)))
    try await node.store.write(DoAttachments(.list([listed])))
    let wanted = try await node.store.read(ListWantedAttachments())
    #expect(wanted.map(\.peers) == [[BundleWorld.code("Y")]])
    let range = try #require(AttachmentRange(first: 0))
    let answer = try await world["Y"].store.read(
      AnswerAttachment(requester: node.agency.code, place: listed.place, range: range))
    guard case .slice(let slice) = answer else {
      Issue.record("the former host gives nothing")
      return
    }
    #expect(slice.total == file.content.cut.framedBytes)
  }

  /// What U wrote on the old host counts, confirmed under the new key.
  private func checkStanding(
    _ papers: Papers, _ node: BundleWorld.Node, _ world: BundleWorld
  ) async throws {
    let view = try #require(try await world["H"].store.read(DirectoryView.Now()))
    for (other, dossiers) in [
      ("H", [papers.toHosted, papers.toBoth]), ("T", [papers.ofHosted]),
    ] {
      let theirs = try await graphs(papers, at: world[other])
      let mine = try await graphs(papers, at: node)
      for dossier in dossiers {
        let graph = try #require(theirs[dossier])
        #expect(mine[dossier]?.order == graph.order)
        let own = graph.changeSets(of: Self.after.code)
        #expect(own.last?.header.key == Self.after.signatory.key.keyID)
        #expect(own.allSatisfy { graph.standing(of: $0.id, in: view) == .counts })
      }
    }
  }

  /// The old host gets what it is itself a member of, and its key signs nothing any more.
  private func checkOldHost(
    _ papers: Papers, _ node: BundleWorld.Node, _ world: BundleWorld
  ) async throws {
    var words: [DossierID: ChangeSetID] = [:]
    for dossier in [papers.toHosted, papers.toBoth] {
      words[dossier] = try await world["H"].append(dossier, [Part()]).id
    }
    try await world["Y"].catchUp(with: world["H"])
    try await world["Y"].catchUp(with: node)
    try await node.catchUp(with: world["H"])
    let old = try await graphs(papers, at: world["Y"])
    let new = try await graphs(papers, at: node)
    for (dossier, id) in words {
      #expect(new[dossier]?.contains(id) == true)
      #expect(old[dossier]?.contains(id) == (dossier == papers.toBoth))
    }
    await #expect(throws: BundleWorld.Node.Refused.self) {
      try await world["Y"].append(papers.toHosted, [Part()], by: Self.before.signatory)
    }
    // A comparison of the two says nothing false, and carries nothing to the old host.
    let report = try await Reconciliation(
      peer: BundleWorld.code("Y"), mode: .repair(changesMax: nil), settle: .zero
    ).run(
      over: node.store, now: { .sample }, pause: { _ in },
      ask: { try await world["Y"].answered($0, from: node.agency.code) })
    #expect(report.errors.isEmpty && report.repaired == 0)
    try await world["Y"].catchUp(with: node)
    let later = try await graphs(papers, at: world["Y"])
    #expect(later[papers.toHosted]?.order == old[papers.toHosted]?.order)
    #expect(later[papers.alone]?.order == old[papers.alone]?.order)
  }

  @Test func `an exclude of a hosted agency leaves its host in, one of the host shuts both out`()
    async throws
  {
    let world = try await BundleWorld(Self.labels)
    try await admit(Self.before, key: Self.before, world)
    try await world.settle(Self.labels)
    let both = Part(membership: [grant("U", .to), grant("Y", .cc)])
    let desk = try await world["H"].append(nil, [both]).dossier
    let node = try await world["H"].append(nil, [both]).dossier
    try await world.settle(Self.labels)
    let excluded = [(desk, Self.before.code), (node, BundleWorld.code("Y"))]
    for (dossier, agency) in excluded {
      try await world["H"].append(
        dossier, [Part(membership: [.exclude(agency: agency, reason: "related")])])
    }
    let sealed = Part(audience: [Self.before.code])
    let last = try await [
      world["H"].append(desk, [Part(), sealed]), world["H"].append(node, [Part(), sealed]),
    ]
    try await world.settle(Self.labels)
    let graphs = try await world["Y"].store.read(GraphsOf(dossiers: [desk, node]))
    #expect(graphs[desk]?.changeSet(last[0].id)?.parts.keys.sorted() == [0])
    #expect(graphs[desk]?.members.contains(BundleWorld.code("Y")) == true)
    #expect(graphs[node]?.count == 1 && graphs[node]?.excluded.isEmpty == true, "it is silent")
    await #expect(throws: BundleWorld.Node.Refused.self) {
      try await world["Y"].append(desk, [Part()], by: Self.before.signatory)
    }
  }
}

extension DirectoryView {
  /// Reads the directory as it stands.
  struct Now: StoreWork {
    func run<T: StoreTransaction & ~Copyable>(
      _ transaction: borrowing T
    ) throws -> DirectoryView? {
      try transaction.directory()?.current
    }
  }
}
