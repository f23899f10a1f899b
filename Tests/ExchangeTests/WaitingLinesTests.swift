import Ledger
import TestSupport
import Testing

@testable import Exchange

/// Lines that wait for a re-affirmation stay queued, and keep nothing behind them from its reader.
@Suite(.timeLimit(.minutes(10))) struct WaitingLinesTests {
  private typealias Node = SampleNode<MemoryStore>

  /// A home with more waiting lines for a reader than one serving looks at, and lines behind them
  /// that the reader may have.
  private struct Scene {
    let home: Node
    let reader: Node
    let waiting: Set<ChangeSetID>
    let given: Set<ChangeSetID>
  }

  private func load(_ count: Int, at home: Node, for reader: Node) async throws -> [ChangeSetID] {
    let grant = Part(membership: [.grant(Grant(agency: reader.agency.code, ground: .admit))])
    let drafts = (0..<count).map { _ in Draft(dossier: nil, parts: [grant]) }
    let work = Append(
      author: home.agency.signatory, drafts: drafts, now: .sample, gate: .open,
      entropy: home.entropy)
    return try await home.store.write(work).get().changeSets.map(\.id)
  }

  private func scene() async throws -> Scene {
    let nodes = ["R", "A", "B"].map {
      SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency($0))
    }
    let (registrar, reader) = (nodes[0], nodes[2])
    var home = nodes[1]
    let directory = try await registrar.found()
    for node in [home, reader] { try await node.join(registrar, directory) }
    for node in [home, reader] { try await node.catchUp(with: registrar) }
    try await reader.catchUp(with: home)
    var waiting: Set<ChangeSetID> = []
    // One serving ends with the batch in which it comes to its limit.
    let lookedAt = Exchange.Limits.queuedLinesPerPageMax + Exchange.Limits.queuedBatchMax
    while waiting.count <= lookedAt {
      waiting.formUnion(try await load(1_024, at: home, for: reader))
    }
    // The home's key is replaced: what it granted by the old one waits to be re-affirmed.
    let next = SampleAgency("A", generation: 1)
    try await registrar.carry(
      .key(agency: next.code, key: next.signatory.key.publicKey), in: directory)
    for node in [home, reader] { try await node.catchUp(with: registrar) }
    home.agency = next
    // The entries that say so go before everything.
    try await reader.pull(from: home)
    let given = try await load(20, at: home, for: reader)
    return Scene(home: home, reader: reader, waiting: waiting, given: Set(given))
  }

  private func serve(
    _ scene: Scene, after count: UInt64 = 0, from place: inout ChangeSetID?,
    servingsMax: Int = Exchange.Limits.servingsPerQuestionMax
  ) async throws -> (ids: [ChangeSetID], page: ServedPage) {
    let cursor = try await scene.reader.store.read(CursorOf(scene.home.agency.code))
    let page = try await scene.home.store.serve(
      ServeDeliveries(
        reader: scene.reader.agency.code, outbox: cursor?.outbox,
        after: (cursor?.number ?? 0) + count, hash: nil,
        signatory: scene.home.agency.signatory, now: .sample),
      from: &place, servingsMax: servingsMax)
    let deliveries = try #require(DeliveryPage.decode(page.bytes)).deliveries
    return (deliveries.compactMap { $0.received?.id }, page)
  }

  @Test func `a bulk load behind more waiting lines than one serving looks at is served`()
    async throws
  {
    let scene = try await scene()
    // One serving looks at the waiting lines alone, and says where the next goes on.
    var place: ChangeSetID?
    let first = try await serve(scene, from: &place, servingsMax: 1)
    #expect(first.ids.isEmpty && first.page.hasMore && !first.page.isThrough)
    let reached = try #require(place)
    #expect(scene.waiting.contains(reached))
    let second = try await serve(scene, from: &place, servingsMax: 1)
    #expect(Set(second.ids) == scene.given)
    // What waits stays queued: re-affirmed, it is served though the walk stands behind it.
    let affirmed = try await scene.home.store.write(
      Reaffirm(author: scene.home.agency.signatory, after: nil, now: .sample, gate: .open)
    ).get().changeSets.map(\.dossier.first)
    place = reached
    var after = UInt64(second.ids.count)
    var came: Set<ChangeSetID> = []
    while true {
      let page = try await serve(scene, after: after, from: &place)
      guard page.page.count > 0 else { break }
      after += UInt64(page.page.count)
      came.formUnion(page.ids)
    }
    #expect(affirmed.count > 1_000)
    #expect(came.intersection(scene.waiting) == Set(affirmed))
  }

  @Test func `one question finds what stands behind waiting lines`() async throws {
    let scene = try await scene()
    var place: ChangeSetID?
    #expect(Set(try await serve(scene, from: &place).ids) == scene.given)
  }
}
