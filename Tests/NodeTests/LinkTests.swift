import Ledger
import Testing

@testable import Node

@Suite(.timeLimit(.minutes(1))) struct LinkTests {
  /// What an endless wait over a link ends with.
  private func end(of link: Link, begin: @escaping @Sendable () -> Void) async throws {
    try await link.carry {
      begin()
      let (silence, speaker) = AsyncStream.makeStream(of: Void.self)
      for await _ in silence {}
      speaker.finish()
      try Task.checkCancellation()
    }
  }

  @Test func `cutting the link breaks off what is under way`() async throws {
    let link = Link()
    let (begun, feed) = AsyncStream.makeStream(of: Void.self)
    await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await self.end(of: link) { feed.yield() } }
      group.addTask { try await self.end(of: link) { feed.yield() } }
      var begins = begun.makeAsyncIterator()
      await begins.next()
      await begins.next()
      link.set(isCut: true)
      for _ in 0..<2 {
        await #expect(throws: Link.Cut.self) { try await group.next() }
      }
    }
  }

  @Test func `nothing goes over a cut link until it is mended`() async throws {
    let link = Link()
    link.set(isCut: true)
    await #expect(throws: Link.Cut.self) { try await link.carry { 1 } }
    link.set(isCut: false)
    #expect(try await link.carry { 2 } == 2)
  }

  @Test func `what fails over a whole link fails as it does`() async throws {
    struct Fault: Error {}
    await #expect(throws: Fault.self) { try await Link().carry { throw Fault() } }
  }

  @Test func `cancelling ends what goes over the link`() async throws {
    let link = Link()
    let (begun, feed) = AsyncStream.makeStream(of: Void.self)
    let task = Task { try await self.end(of: link) { feed.yield() } }
    var begins = begun.makeAsyncIterator()
    await begins.next()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `an exchange now ends the rest after a failure`() async throws {
    let signals = SyncSignals(own: try #require(AgencyCode("420300-FZB")))
    let peer = try #require(AgencyCode("420300-JW"))
    let ended = signals.endedRests(of: peer)
    signals.end(restOf: peer)
    // Ended between the look and the rest: it does not begin.
    await signals.rest(from: peer, past: ended, atMost: .seconds(3_600))
    #expect(signals.endedRests(of: peer) == ended + 1)
  }
}
