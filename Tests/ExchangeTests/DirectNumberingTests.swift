import Exchange
import Ledger
import TestSupport
import Testing

/// What a step gives out with its own commit, and to whom.
@Suite(.timeLimit(.minutes(1))) struct DirectNumberingTests {
  private typealias Node = SampleNode<MemoryStore>

  private func grant(_ node: Node) -> Part {
    Part(membership: [.grant(Grant(agency: node.agency.code, ground: .admit))])
  }

  private func write(
    _ drafts: [Draft], at a: Node, attached: Set<AgencyCode>
  ) async throws -> [StoredChangeSet] {
    var work = Append(
      author: a.agency.signatory, drafts: drafts, now: .sample, gate: .open, entropy: a.entropy)
    work.attached = attached
    return try await a.store.write(work).get().changeSets
  }

  private func question(of b: Node, to a: Node) async throws -> ServeDeliveries {
    let cursor = try await b.store.read(CursorOf(a.agency.code))
    return ServeDeliveries(
      reader: b.agency.code, outbox: cursor?.outbox, after: cursor?.number ?? 0,
      hash: cursor?.runningHash, signatory: a.agency.signatory, now: .sample)
  }

  private func look(_ b: Node, at a: Node, isDue: Bool = false) async throws -> ServedPage? {
    let look = LookForDeliveries(try await question(of: b, to: a), isDue: isDue)
    guard case .page(let page) = try await a.store.read(look) else { return nil }
    return page
  }

  private func take(_ page: ServedPage, of a: Node, at b: Node) async throws -> TakenPage {
    try await b.store.take(
      TakeDeliveries(
        peer: a.agency.code, page: try #require(DeliveryPage.decode(page.bytes)),
        signatory: b.agency.signatory, now: .sample)
    ).get()
  }

  @Test func `what is written while a reader waits is read out, and queued for nobody`()
    async throws
  {
    let (a, b) = try await Node.pair()
    let letter = try await write(
      [Draft(dossier: nil, parts: [grant(b)])], at: a, attached: [b.agency.code])
    let page = try #require(try await look(b, at: a))
    #expect(page.count == 1)
    #expect(!page.hasMore)
    #expect(try await take(page, of: a, at: b).stored == 1)
    let second = try await write(
      [Draft(dossier: letter[0].dossier, parts: [Part()])], at: a, attached: [b.agency.code])
    let taken = try await take(try #require(try await look(b, at: a)), of: a, at: b)
    #expect(taken.stored == 1)
    #expect(taken.cursor.number >= 2)
    #expect(second[0].dossier == letter[0].dossier)
  }

  @Test func `what was queued for one who is away is withdrawn without trace`() async throws {
    let (a, b) = try await Node.pair()
    let letter = try await write([Draft(dossier: nil, parts: [grant(b)])], at: a, attached: [])
    #expect(try await look(b, at: a) == nil, "it has no number yet")
    let exclude = Part(membership: [.exclude(agency: b.agency.code, reason: "related")])
    _ = try await write(
      [Draft(dossier: letter[0].dossier, parts: [exclude])], at: a, attached: [b.agency.code])
    let served = try await a.store.write(try await question(of: b, to: a))
    #expect(served.count == 0)
    #expect(!served.hasMore)
  }

  @Test func `a reader for whom lines wait gets a step behind them, in one page`() async throws {
    let (a, b) = try await Node.pair()
    let first = try await write([Draft(dossier: nil, parts: [grant(b)])], at: a, attached: [])
    let second = try await write(
      [Draft(dossier: first[0].dossier, parts: [Part()])], at: a, attached: [b.agency.code])
    #expect(try await look(b, at: a) == nil)
    let served = try await a.store.write(try await question(of: b, to: a))
    let page = try #require(DeliveryPage.decode(served.bytes))
    let ids = page.deliveries.compactMap { delivery -> ChangeSetID? in
      if case .changeSet(let received) = delivery.content { received.id } else { nil }
    }
    #expect(ids == [first[0].id, second[0].id])
  }

  @Test func `a load is queued, whoever waits`() async throws {
    let (a, b) = try await Node.pair()
    let drafts = (0...Exchange.Limits.stepDraftsMax).map { _ in
      Draft(dossier: nil, parts: [grant(b)])
    }
    _ = try await write(drafts, at: a, attached: [b.agency.code])
    #expect(try await look(b, at: a) == nil)
  }

  @Test func `an empty page is an answer when the time is over, and takes no write`() async throws {
    let (a, b) = try await Node.pair()
    let look = LookForDeliveries(try await question(of: b, to: a), isDue: false)
    guard case .nothing = try await a.store.read(look) else {
      Issue.record("something is there")
      return
    }
    let page = try #require(try await self.look(b, at: a, isDue: true))
    #expect(page.count == 0)
    #expect(try await take(page, of: a, at: b).stored == 0)
  }
}
