import Exchange
import Ledger
import TestSupport
import Testing

@Suite struct DeliveryPageTests {
  private let registrar = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
  private let reader = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))

  /// A page of the registrar's outbox as the reader gets it.
  private func page(after cursor: Cursor?) async throws -> DeliveryPage {
    let served = try await registrar.store.write(
      ServeDeliveries(
        reader: reader.agency.code, outbox: registrar.store.contents.node?.outbox,
        after: cursor?.number ?? 0, hash: cursor?.runningHash,
        signatory: registrar.agency.signatory, now: .sample))
    return try #require(DeliveryPage.decode(served.bytes))
  }

  private func refusal(of page: DeliveryPage) async throws -> PageRefusal? {
    let outcome = try await reader.store.take(
      TakeDeliveries(
        peer: registrar.agency.code, page: page, signatory: reader.agency.signatory, now: .sample))
    if case .failure(let refusal) = outcome { return refusal }
    return nil
  }

  @Test func `the digest of a page that came is the one over its deliveries`() async throws {
    let directory = try await registrar.found()
    try await reader.join(registrar, directory)
    try await registrar.append(directory, [Part()])
    let page = try await page(after: nil)
    #expect(!page.deliveries.isEmpty)
    #expect(page.digest == DeliveryPage.digest(of: page.deliveries))
    #expect(DeliveryPage.decode(page.encoded())?.digest == page.digest)
    var less = page
    less.deliveries.removeLast()
    #expect(less.digest == DeliveryPage.digest(of: less.deliveries))
    #expect(less.digest != page.digest)
    #expect(try await refusal(of: less) == .digest)
    #expect(try await refusal(of: page) == nil)
  }

  @Test func `a head statement that came before is taken again, under no other signature`()
    async throws
  {
    let directory = try await registrar.found()
    try await reader.join(registrar, directory)
    try await reader.catchUp(with: registrar)
    let quiet = try await page(after: try await reader.store.read(CursorOf(registrar.agency.code)))
    #expect(quiet.deliveries.isEmpty)
    #expect(try await refusal(of: quiet) == nil)
    #expect(try await refusal(of: quiet) == nil)
    var signature = quiet.head.signature
    signature[0] ^= 1
    let forged = SignedObject(body: quiet.head.body, signature: signature)
    let page = DeliveryPage(deliveries: [], head: forged)
    #expect(try await refusal(of: page) == .headStatement)
  }

  @Test func `a line that became a blank is queued once more, however often it is asked for`()
    async throws
  {
    let directory = try await registrar.found()
    try await reader.join(registrar, directory)
    try await reader.catchUp(with: registrar)
    let (a, b) = (registrar.agency, reader.agency)
    let first = try await registrar.append(
      nil,
      [
        Part(membership: [.grant(Grant(agency: b.code, ground: .admit))]),
        Part(audience: [a.code, b.code].sorted(), records: [.about(nil, type: 4, by: a)]),
      ])
    let cursor = try await reader.store.read(CursorOf(a.code))
    #expect(try await page(after: cursor).deliveries.count == 1)
    // The page was lost, and what it had is destroyed before it is asked for again.
    let place = PartPlace(change: first.id, part: 1)
    try await registrar.append(
      first.dossier, [Part(records: [.about(place, type: 8, by: a)])])
    var counts: [Int] = []
    for _ in 0..<3 { counts.append(try await page(after: cursor).deliveries.count) }
    #expect(counts == [3, 3, 3], "a blank, and the two that are to be had")
    #expect(try await refusal(of: page(after: cursor)) == nil)
    #expect(reader.store.contents.rows[first.id]?.changeSet.parts.keys.sorted() == [0])
  }
}
