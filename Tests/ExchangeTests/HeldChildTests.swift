import Exchange
import Ledger
import TestSupport
import Testing

/// What comes before its parent waits alone.
@Suite(.timeLimit(.minutes(2))) struct HeldChildTests {
  @Test func `scenario S5 a child before its parent waits alone and is released by itself`()
    async throws
  {
    let world = try await RefusalWorld()
    let parent = try await world.written()
    let child = try await world.home.append(world.first.dossier, [Part()])
    let grant = Part(
      membership: [.grant(Grant(agency: world.node.agency.code, ground: .admit))])
    let other = try await world.home.append(nil, [grant])
    // All of it through a third node, the child first.
    let taken = try await world.bring(ReceivedChangeSet(child, parts: child.parts))
    #expect(taken.held == 1 && taken.wanted == [parent.id], "the parent is asked for at once")
    #expect(world.holding(child.id) == .ancestor)
    let flowing = try await world.bring(ReceivedChangeSet(other, parts: other.parts))
    #expect(flowing.stored == 1, "another dossier flows")
    #expect(world.holding(child.id) == .ancestor)
    #expect(try await world.bring(parent).stored == 2, "the child with its parent")
    #expect(world.holding(child.id) == nil)
    #expect(world.state.log[world.first.dossier] == [world.first.id, parent.id, child.id])
    #expect(try await world.alarms().isEmpty)
  }
}
