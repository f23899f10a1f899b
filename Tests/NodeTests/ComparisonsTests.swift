import Exchange
import Ledger
import Logging
import Testing

@testable import Node

/// The comparisons that a node makes by itself.
@Suite(.timeLimit(.minutes(1))) struct ComparisonsTests {
  @Test func `a peer that never answers delays no comparison with another`() async throws {
    let peers = try ["420300-FY", "420300-FZB"].map { try #require(AgencyCode($0)) }
    let own = try #require(AgencyCode("420300-JW"))
    let (book, plan) = (PeerBook(), ComparisonBook())
    book.replace(
      peers.map { PeerRecord(agency: $0, keys: [:], pin: nil, endpoint: nil) })
    for peer in peers { plan.note(peer, .regrant) }
    let (asked, asking) = AsyncStream.makeStream(of: AgencyCode.self)
    let comparisons = Comparisons<MemoryStore>(
      plan: plan, book: book,
      sessions: { peer in
        asking.yield(peer)
        // The session with the first, whichever it is, comes to nothing as long as the node runs.
        let (silence, silent) = AsyncStream.makeStream(of: Void.self)
        for await _ in silence {}
        silent.finish()
        return nil
      },
      signals: SyncSignals(own: own), gate: GateKeeper(SealingGate(peers: [])),
      registrar: { nil }, logger: Logger(label: "comparisons") { _ in SwiftLogNoOpLogHandler() },
      repaired: { _, _, _ in })
    let running = Task { try await comparisons.run() }
    var seen: Set<AgencyCode> = []
    for await peer in asked {
      seen.insert(peer)
      if seen.count == peers.count { break }
    }
    #expect(seen == Set(peers))
    running.cancel()
    _ = await running.result
  }
}
