import Exchange
import Ledger
import TestSupport
import Testing

/// What a reader that was away has to check: one signature for many steps that were sealed alone.
@Suite(.timeLimit(.minutes(5))) struct ResealingTests {
  private typealias Node = SampleNode<MemoryStore>

  private static let fewest = Exchange.Limits.resealedMin

  private func grant(_ node: Node) -> Part {
    Part(membership: [.grant(Grant(agency: node.agency.code, ground: .admit))])
  }

  private func serve(
    _ b: Node, from a: Node, bytesMax: Int = Exchange.Limits.pageBytesMax
  ) async throws -> (page: DeliveryPage, byteCount: Int) {
    let cursor = try await b.store.read(CursorOf(a.agency.code))
    let served = try await a.store.write(
      ServeDeliveries(
        reader: b.agency.code, outbox: cursor?.outbox, after: cursor?.number ?? 0,
        hash: cursor?.runningHash, bytesMax: bytesMax, signatory: a.agency.signatory,
        now: .sample))
    return (try #require(DeliveryPage.decode(served.bytes)), served.bytes.count)
  }

  private func seals(_ page: DeliveryPage) -> Set<SignedObject> {
    Set(
      page.deliveries.compactMap { delivery in
        if case .changeSet(let changeSet) = delivery.content { changeSet.proof?.seal } else { nil }
      })
  }

  private func take(_ page: DeliveryPage, of a: Node, at b: Node) async throws -> TakenPage {
    try await b.store.take(
      TakeDeliveries(
        peer: a.agency.code, page: page, signatory: b.agency.signatory, now: .sample)
    ).get()
  }

  @Test func `steps sealed alone come under one seal, and are stored under it`() async throws {
    let (a, b) = try await Node.pair()
    let first = try await a.append(nil, [grant(b)])
    var steps = [first]
    for _ in 1..<40 { steps.append(try await a.append(first.dossier, [Part()])) }
    #expect(Set(steps.map(\.proof.seal)).count == 40)
    let (page, _) = try await serve(b, from: a)
    #expect(page.deliveries.count == 40)
    #expect(seals(page).count == 1)
    // Whoever lost the answer is served the same lines, under a seal of their own.
    let (again, _) = try await serve(b, from: a)
    #expect(again.deliveries.map(\.number) == page.deliveries.map(\.number))
    #expect(seals(again).isDisjoint(with: seals(page)) && seals(again).count == 1)
    let taken = try await take(page, of: a, at: b)
    #expect(taken.stored == 40 && taken.held == 0 && taken.rejected == 0)
    let (here, there) = (a.store.contents.rows[first.id], b.store.contents.rows[first.id])
    #expect(there?.changeSet.proof.seal == seals(page).first)
    #expect(here?.changeSet.proof == first.proof, "the log of the author keeps its own")
  }

  @Test(arguments: [-1, 0])
  func `few are left as they are`(_ more: Int) async throws {
    let (a, b) = try await Node.pair()
    let first = try await a.append(nil, [grant(b)])
    for _ in 1..<(Self.fewest + more) { try await a.append(first.dossier, [Part()]) }
    let (page, _) = try await serve(b, from: a)
    #expect(page.deliveries.count == Self.fewest + more)
    #expect(seals(page).count == (more < 0 ? Self.fewest + more : 1))
  }

  @Test func `what others wrote, and what is sealed together already, keeps its seal`()
    async throws
  {
    let (a, b) = try await Node.pair()
    let drafts = (0..<Self.fewest).map { _ in Draft(dossier: nil, parts: [grant(b)]) }
    let load = try await a.store.write(
      Append(
        author: a.agency.signatory, drafts: drafts, now: .sample, gate: .open, entropy: a.entropy)
    ).get().changeSets
    let open = try await a.append(nil, [grant(b)])
    try await b.catchUp(with: a)
    for _ in 0..<Self.fewest { try await b.append(open.dossier, [Part()]) }
    try await a.catchUp(with: b)
    for _ in 0..<Self.fewest { try await a.append(open.dossier, [Part()]) }
    let c = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("C"))
    try await c.join(a, try #require(a.store.contents.node?.directory))
    try await c.catchUp(with: a)
    for dossier in [load[0].dossier, open.dossier] { try await a.append(dossier, [grant(c)]) }
    let (page, _) = try await serve(c, from: a)
    let kept = page.deliveries.compactMap { delivery -> ReceivedChangeSet? in
      if case .changeSet(let changeSet) = delivery.content { changeSet } else { nil }
    }
    var resealed = 0
    for received in kept {
      let row = try #require(a.store.contents.rows[received.id]).changeSet
      let isAlone = row.header.author == a.agency.code && row.proof.path.isEmpty
      #expect((row.proof != received.proof) == isAlone)
      if isAlone { resealed += 1 }
    }
    #expect(resealed > Self.fewest && kept.contains { $0.id == load[0].id })
    #expect(kept.count >= resealed + Self.fewest + 1, "those of the other author came along")
  }

  @Test func `what stands under a former key keeps its seal`() async throws {
    let (founder, b) = try await Node.pair()
    var a = founder
    let directory = try #require(a.store.contents.node?.directory)
    for label in "DEFGHIJK" {
      let agency = SampleAgency("\(label)")
      try await a.carry(
        .admission(
          entry: agency.entry, key: agency.signatory.key.publicKey, particulars: nil),
        in: directory)
    }
    let next = SampleAgency("A", generation: 1)
    try await a.carry(
      .key(agency: next.code, key: next.signatory.key.publicKey), in: directory)
    a.agency = next
    let (page, _) = try await serve(b, from: a)
    #expect(page.deliveries.count >= Self.fewest)
    #expect(seals(page).count == page.deliveries.count)
  }

  @Test func `a page stays within what its reader asked for`() async throws {
    let (a, b) = try await Node.pair()
    let first = try await a.append(nil, [grant(b)])
    for _ in 0..<300 { try await a.append(first.dossier, [Part()]) }
    var count = 0
    for _ in 0..<20 where count < 301 {
      let (page, byteCount) = try await serve(
        b, from: a, bytesMax: Exchange.Limits.pageBytesMin)
      #expect(byteCount <= Exchange.Limits.pageBytesMin)
      let taken = try await take(page, of: a, at: b)
      #expect(taken.held == 0)
      count += taken.stored
      _ = try await a.store.write(
        TakeReceipt(
          reader: b.agency.code, signed: try #require(taken.receipt), now: .sample))
    }
    #expect(count == 301)
  }

  @Test func `what stays behind goes dossier by dossier, the longest waiting first`()
    async throws
  {
    let (a, b) = try await Node.pair()
    var dossiers: [DossierID] = []
    for _ in 0..<3 { dossiers.append(try await a.append(nil, [grant(b)]).dossier) }
    try await b.catchUp(with: a)
    // More than goes first at once, a line of each in turn.
    for _ in 0...Exchange.Limits.urgentLinesPerDossierMax {
      for dossier in dossiers { try await a.append(dossier, [Part()]) }
    }
    let (page, _) = try await serve(b, from: a)
    let came = page.deliveries.compactMap { delivery -> DossierID? in
      guard case .changeSet(let changeSet) = delivery.content else { return nil }
      return a.store.contents.rows[changeSet.id]?.changeSet.dossier
    }
    let turns = came.reduce(into: [DossierID]()) { turns, dossier in
      if turns.last != dossier { turns.append(dossier) }
    }
    #expect(came.count == 3 * (Exchange.Limits.urgentLinesPerDossierMax + 1))
    #expect(turns == dossiers)
    #expect(try await take(page, of: a, at: b).held == 0)
  }
}
