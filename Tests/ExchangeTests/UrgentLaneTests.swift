import Exchange
import Ledger
import TestSupport
import Testing

/// What stands between a letter and its reader while a bulk load is under way, counted in pages and
/// deliveries: how long a page may take is what `PagePace` is for.
@Suite(.timeLimit(.minutes(10))) struct UrgentLaneTests {
  private typealias Node = SampleNode<MemoryStore>

  /// One page as it was served.
  private struct Page {
    var ids: [ChangeSetID]
    var taken: TakenPage
  }

  private func pair() async throws -> (Node, Node, DossierID) {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await b.join(a, directory)
    try await b.catchUp(with: a)
    return (a, b, directory)
  }

  private func grant(_ node: Node) -> Part {
    Part(membership: [.grant(Grant(agency: node.agency.code, ground: .admit))])
  }

  /// New dossiers in one seal, each with the reader as a member.
  private func load(_ count: Int, at a: Node, for b: Node) async throws -> [StoredChangeSet] {
    let drafts = (0..<count).map { _ in Draft(dossier: nil, parts: [grant(b)]) }
    let work = Append(
      author: a.agency.signatory, drafts: drafts, now: .sample, gate: .open, entropy: a.entropy)
    return try await a.store.write(work).get().changeSets
  }

  private func pull(_ b: Node, from a: Node, bytesMax: Int) async throws -> Page {
    let cursor = try await b.store.read(CursorOf(a.agency.code))
    let served = try await a.store.write(
      ServeDeliveries(
        reader: b.agency.code, outbox: cursor?.outbox, after: cursor?.number ?? 0,
        hash: cursor?.runningHash, bytesMax: bytesMax, signatory: a.agency.signatory,
        now: .sample))
    let page = try #require(DeliveryPage.decode(served.bytes))
    let taken = try await b.store.take(
      TakeDeliveries(
        peer: a.agency.code, page: page, signatory: b.agency.signatory, now: .sample)
    ).get()
    let receipt = try #require(taken.receipt)
    _ = try await a.store.write(
      TakeReceipt(reader: b.agency.code, signed: receipt, now: .sample))
    let ids = page.deliveries.compactMap { delivery -> ChangeSetID? in
      if case .changeSet(let changeSet) = delivery.content { changeSet.id } else { nil }
    }
    return Page(ids: ids, taken: taken)
  }

  @Test func `a letter behind twenty thousand change sets is the first of the next page`()
    async throws
  {
    let (a, b, _) = try await pair()
    var loaded = Set<ChangeSetID>()
    for _ in 0..<20 { loaded.formUnion(try await load(1_024, at: a, for: b).map(\.id)) }
    #expect(loaded.count == 20_480)
    let old = try await a.append(nil, [grant(b)])
    // The page that is in flight when a letter is written is all that it waits for.
    var inFlight = try await pull(b, from: a, bytesMax: 256 << 10)
    #expect(inFlight.ids.first == old.id)
    for round in 0..<6 {
      #expect(inFlight.ids.count < 1_024, "a page of 256 KiB")
      let isNew = round % 2 == 0
      let letter = try await a.append(isNew ? nil : old.dossier, isNew ? [grant(b)] : [Part()])
      inFlight = try await pull(b, from: a, bytesMax: 256 << 10)
      #expect(inFlight.ids.first == letter.id, "deliveries ahead of it in its page: 0")
      #expect(inFlight.ids.dropFirst().allSatisfy(loaded.contains), "the load goes on behind it")
      #expect(inFlight.ids.count > 1)
      #expect(inFlight.taken.held == 0)
    }
  }

  @Test func `a letter behind thousands of single steps is in the next page`() async throws {
    let (a, b, _) = try await pair()
    for _ in 0..<600 { try await a.append(nil, [grant(b)]) }
    let letter = try await a.append(nil, [grant(b)])
    let page = try await pull(b, from: a, bytesMax: 256 << 10)
    let place = try #require(page.ids.firstIndex(of: letter.id))
    #expect(place < 2 * Exchange.Limits.urgentDossiersMax)
    print("a letter behind 600 single steps: \(place) deliveries ahead of it in its page")
  }

  @Test func `the directory goes before everything, and a dossier before its letter`()
    async throws
  {
    let (a, b, directory) = try await pair()
    let load = try await load(20, at: a, for: b)
    let letter = try await a.append(load[7].dossier, [Part()])
    let c = SampleAgency("C")
    try await a.carry(
      .admission(entry: c.entry, key: c.signatory.key.publicKey, particulars: nil),
      in: directory)
    let page = try await pull(b, from: a, bytesMax: 256 << 10)
    let entries = page.ids.prefix(2)
    let order = try await a.store.read(OrderOf(dossier: directory))
    #expect(order.suffix(2).elementsEqual(entries))
    #expect(page.ids[2...3].elementsEqual([load[7].id, letter.id]))
    #expect(page.taken.stored == 23)
    #expect(page.taken.held == 0)
  }

  @Test func `a dossier of which more waits than goes first at once takes its turn`() async throws {
    let (a, b, _) = try await pair()
    let long = try await a.append(nil, [Part()])
    for _ in 0..<Exchange.Limits.urgentLinesPerDossierMax {
      try await a.append(long.dossier, [Part()])
    }
    try await a.append(long.dossier, [grant(b)])
    try await a.append(long.dossier, [Part()])
    let letter = try await a.append(nil, [grant(b)])
    let page = try await pull(b, from: a, bytesMax: 1 << 20)
    #expect(page.ids.first == letter.id)
    let order = try await a.store.read(OrderOf(dossier: long.dossier))
    #expect(page.ids.dropFirst().elementsEqual(order), "in the order of ancestry")
    #expect(page.taken.held == 0)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `whatever is queued, nothing is lost, held or out of its order`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let (a, b, directory) = try await pair()
    var dossiers: [DossierID] = []
    for _ in 0..<60 {
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        let count = Int.random(in: 17...90, using: &random)
        dossiers += try await load(count, at: a, for: b).map(\.dossier)
      case 1, 2: dossiers.append(try await a.append(nil, [grant(b)]).dossier)
      case 3, 4:
        guard let dossier = dossiers.randomElement(using: &random) else { continue }
        for _ in 0...Int.random(in: 0..<3, using: &random) {
          try await a.append(dossier, [Part()])
        }
      default:
        let bytes = [64 << 10, 100 << 10].randomElement(using: &random) ?? 0
        #expect(try await pull(b, from: a, bytesMax: bytes).taken.held == 0)
      }
    }
    var pages = 0
    while try await pull(b, from: a, bytesMax: 64 << 10).taken.stored > 0 { pages += 1 }
    for dossier in dossiers + [directory] {
      let order = try await a.store.read(OrderOf(dossier: dossier))
      #expect(try await b.store.read(OrderOf(dossier: dossier)) == order)
    }
    #expect(pages < 100)
  }
}

/// The change sets of a dossier in its order.
private struct OrderOf: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [ChangeSetID] {
    try transaction.graphs([dossier])[dossier]?.order ?? []
  }
}
