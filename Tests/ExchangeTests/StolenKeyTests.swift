import Exchange
import Ledger
import TestSupport
import Testing

/// A key is stolen and replaced: what each node makes of it, whatever it hears first.
@Suite struct StolenKeyTests {
  private typealias Node = SampleNode<MemoryStore>

  /// Registrar, home and two more members with the agency whose key is stolen, and the thief.
  private struct Scene {
    let registrar: Node
    let home: Node
    let members: [Node]
    var victim: Node
    let thief: Node
    let directory: DossierID
    let live: DossierID
    let dormant: DossierID
    let honest: [ChangeSetID]
    var stolen: [ChangeSetID] = []
  }

  private static func node(_ label: String) -> Node {
    SampleNode(
      MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }, SampleAgency(label))
  }

  private func scene() async throws -> Scene {
    let (registrar, home, victim) = (Self.node("R"), Self.node("A"), Self.node("B"))
    let members = [Self.node("C"), Self.node("D")]
    let directory = try await registrar.found()
    for node in [home, victim] + members { try await node.join(registrar, directory) }
    for node in [home, victim] + members { try await node.catchUp(with: registrar) }
    let grants = ([victim] + members).map {
      MembershipStatement.grant(Grant(agency: $0.agency.code, ground: .to))
    }
    var dossiers: [DossierID] = []
    var honest: [ChangeSetID] = []
    for _ in 0..<2 {
      let first = try await home.append(nil, [Part(membership: grants)])
      dossiers.append(first.dossier)
      try await victim.catchUp(with: home)
      honest.append(try await victim.append(first.dossier, [Part()]).id)
    }
    for member in members { try await member.catchUp(with: home) }
    for reader in [home] + members { try await reader.catchUp(with: victim) }
    // The thief has a copy of everything, the key among it.
    let thief = SampleNode(
      MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }, victim.agency, seed: 7)
    try await thief.initialize(directory: directory)
    for dossier in [directory] + dossiers {
      try await fetch(dossier, to: thief, from: dossier == directory ? registrar : home)
    }
    var scene = Scene(
      registrar: registrar, home: home, members: members, victim: victim, thief: thief,
      directory: directory, live: dossiers[0], dormant: dossiers[1], honest: honest)
    // It writes on in both, and forwards one.
    let forward = Part(
      membership: [.grant(Grant(agency: registrar.agency.code, ground: .forward))])
    scene.stolen = [
      try await thief.append(scene.live, [forward]).id,
      try await thief.append(scene.live, [Part()]).id,
      try await thief.append(scene.dormant, [Part()]).id,
    ]
    return scene
  }

  /// Brings a whole dossier from one node to another.
  private func fetch(_ dossier: DossierID, to reader: Node, from owner: Node) async throws {
    let order = try await owner.store.read(WholeOrder(dossier: dossier))
    let answer = try await owner.store.read(
      AnswerFetch(requester: reader.agency.code, request: FetchRequest(ids: order)))
    _ = try await reader.store.write(
      TakeFetched(peer: owner.agency.code, deliveries: answer.deliveries, now: .sample))
  }

  /// What a node hears, in the orders that matter.
  private enum News: CaseIterable { case thief, directory, victim }

  private func hear(_ news: News, at reader: Node, _ scene: Scene) async throws {
    switch news {
    case .thief:
      // Who knows that the key is withdrawn takes no page that it signs.
      _ = try? await reader.catchUp(with: scene.thief)
    case .directory: try await reader.catchUp(with: scene.registrar)
    case .victim:
      _ = try? await reader.catchUp(with: scene.victim)
      try await reader.catchUp(with: scene.registrar)
      try await reader.catchUp(with: scene.victim)
    }
  }

  @Test(arguments: 0..<6)
  func `scenario S13 an old key stolen and used is void everywhere, whatever comes first`(
    _ number: Int
  ) async throws {
    let orders: [[News]] = [
      [.thief, .directory, .victim], [.thief, .victim, .directory],
      [.directory, .thief, .victim], [.directory, .victim, .thief],
      [.victim, .thief, .directory], [.victim, .directory, .thief],
    ]
    var scene = try await scene()
    // One member has heard the thief before anybody knows, and answers what it got.
    try await scene.home.catchUp(with: scene.thief)
    let citing = try await scene.home.append(scene.live, [Part()])
    #expect(citing.header.links.contains(scene.stolen[1]))
    // The governors give the victim a new key; it re-affirms both dossiers under one seal.
    let next = SampleAgency("B", generation: 1)
    try await scene.registrar.carry(
      .key(agency: next.code, key: next.signatory.key.publicKey), in: scene.directory)
    try await fetch(scene.directory, to: scene.victim, from: scene.registrar)
    scene.victim.agency = next
    let affirmed = try await scene.victim.store.write(
      Reaffirm(author: next.signatory, after: nil, now: .sample, gate: .open)
    ).get().changeSets
    #expect(Set(affirmed.map(\.dossier)) == [scene.live, scene.dormant])
    #expect(Set(affirmed.map { $0.proof.seal }).count == 1)
    for news in orders[number] {
      for member in scene.members { try await hear(news, at: member, scene) }
    }
    try await hear(.victim, at: scene.home, scene)
    for member in scene.members {
      try await member.catchUp(with: scene.home)
      for dossier in [scene.live, scene.dormant] {
        try await fetch(dossier, to: member, from: scene.home)
      }
    }
    // Nobody is blocked: the one that cited the thief goes on, and everybody stores it.
    let later = try await scene.home.append(scene.live, [Part()])
    for member in scene.members { try await member.catchUp(with: scene.home) }
    for reader in [scene.home] + scene.members {
      let standings = try await reader.store.read(
        StandingsIn(dossiers: [scene.live, scene.dormant]))
      for id in scene.honest + affirmed.map(\.id) + [citing.id, later.id] {
        #expect(standings[id] == .counts, "\(reader.agency.code) \(id)")
      }
      for id in scene.stolen {
        #expect(standings[id] == .void(.otherBranch), "\(reader.agency.code) \(id)")
      }
    }
  }

  @Test func `security T7 a frozen directory ends with the first page of any other peer`()
    async throws
  {
    let (registrar, frozen, honest) = (Self.node("R"), Self.node("A"), Self.node("C"))
    let reader = Self.node("B")
    let directory = try await registrar.found()
    for node in [frozen, honest, reader] { try await node.join(registrar, directory) }
    for node in [frozen, honest, reader] { try await node.catchUp(with: registrar) }
    try await reader.catchUp(with: frozen)
    try await reader.catchUp(with: honest)
    let next = SampleAgency("A", generation: 1)
    try await registrar.carry(
      .key(agency: next.code, key: next.signatory.key.publicKey), in: directory)
    let newest = try #require(try await registrar.store.read(WholeOrder(dossier: directory)).last)
    // A, whose key was replaced, keeps the reader where it is; C relays what it knows.
    #expect(try await reader.pull(from: frozen).wanted.isEmpty)
    #expect(try await reader.store.read(WholeOrder(dossier: directory)).last != newest)
    try await fetch(directory, to: honest, from: registrar)
    try await reader.catchUp(with: honest)
    #expect(
      try await reader.store.read(WholeOrder(dossier: directory)).last == newest)
  }

  @Test func `security T7 a directory entry that is named and withheld is asked for by its id`()
    async throws
  {
    let (registrar, other, reader) = (Self.node("R"), Self.node("A"), Self.node("B"))
    let directory = try await registrar.found()
    for node in [other, reader] { try await node.join(registrar, directory) }
    for node in [other, reader] { try await node.catchUp(with: registrar) }
    try await reader.catchUp(with: other)
    let next = SampleAgency("B", generation: 1)
    try await registrar.carry(
      .key(agency: next.code, key: next.signatory.key.publicKey), in: directory)
    let newest = try #require(try await registrar.store.read(WholeOrder(dossier: directory)).last)
    let cursor = try #require(try await reader.store.read(CursorOf(other.agency.code)))
    // The head tells of it and the page has nothing, as often as it is asked: no clock ends that.
    for _ in 0..<3 {
      let head = HeadStatement(
        signer: other.agency.code, key: other.agency.signatory.key.keyID,
        reader: reader.agency.code, outbox: cursor.outbox, number: cursor.number,
        runningHash: cursor.runningHash, directory: newest, page: DeliveryPage.digest(of: []))
      let page = DeliveryPage(
        deliveries: [], head: SignedObject(signing: head, with: other.agency.signatory.key))
      let taken = try await reader.store.take(
        TakeDeliveries(
          peer: other.agency.code, page: page, signatory: reader.agency.signatory, now: .sample))
      #expect(try taken.get().wanted.contains(newest))
    }
  }
}

/// The ids of a dossier in its order.
private struct WholeOrder: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [ChangeSetID] {
    try transaction.graphs([dossier])[dossier]?.order ?? []
  }
}

/// What becomes of each change set of some dossiers.
private struct StandingsIn: StoreWork {
  let dossiers: [DossierID]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [ChangeSetID: Standing] {
    var found: [ChangeSetID: Standing] = [:]
    for graph in try transaction.graphs(dossiers).values {
      for id in graph.order { found[id] = graph.standing(of: id) }
    }
    return found
  }
}
