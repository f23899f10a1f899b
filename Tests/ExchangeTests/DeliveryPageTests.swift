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
}
