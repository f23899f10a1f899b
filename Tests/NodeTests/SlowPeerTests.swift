import Exchange
import Ledger
import Synchronization
import Testing

@testable import Node

/// A peer that never answers costs its time and nobody else's.
@Suite(.timeLimit(.minutes(5))) struct SlowPeerTests {
  private typealias World = PeerWorld<MemoryStore>

  /// Time that passes when the test says so.
  private final class Patience: Sendable {
    private let isOver = Mutex(false)

    func end() { isOver.withLock { $0 = true } }

    /// The turns of a node whose time this is.
    var turns: ComparisonTurns {
      .ofRecoveries { [self] _ in
        while !isOver.withLock({ $0 }) {
          try await Task.sleep(for: .milliseconds(1))
        }
      }
    }
  }

  private static func store() -> MemoryStore {
    MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
  }

  private static func admit(_ agency: AgencyCode) -> Part {
    Part(membership: [.grant(Grant(agency: agency, ground: .admit))])
  }

  /// Runs a server that answers nothing, as a peer that the node asks before every other.
  private static func besideMute(
    _ node: WorldNode<MemoryStore>, _ body: (AgencyCode) async throws -> Void
  ) async throws {
    let mute = try TestNode("420300-AJ")
    try await MuteServer.run(.noAnswer, as: mute) { port in
      let endpoint = try #require(PeerEndpoint("https://127.0.0.1:\(port)"))
      node.book.replace(node.book.peers + [try mute.record(endpoint: endpoint)])
      #expect(node.book.dialled.first == mute.agency)
      try await body(mute.agency)
    }
  }

  @Test func `security T9 a way back has what others give while one peer never answers`()
    async throws
  {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let (registrar, other) = (world.registrar, world.other)
      let dossier = try await registrar.append(dossier: nil, Self.admit(other.node.agency)).dossier
      try await eventually("the dossier arrives") {
        try await other.order(of: dossier).count == 1
      }
      for _ in 0..<3 { try await other.append(dossier: dossier, Part()) }
      try await eventually("what it writes arrives") {
        try await registrar.order(of: dossier).count == 4
      }
      let patience = Patience()
      let turns = patience.turns
      let node = try await world.again(other.node, over: Self.store(), recoveries: turns)
      try await node.store.write(
        MarkRestored(
          witness: node.node.agency, subject: "marker", now: WorldNode<MemoryStore>.now))
      try await Self.besideMute(node) { mute in
        let step = Task { try await node.restoring(GateKeeper(.open)).step() }
        try await eventually("what the other gives is here, and its turn over") {
          try await node.order(of: dossier).count == 4 && turns.counts.running == 0
        }
        patience.end()
        #expect(try await step.value == .waitsForPeers([mute]))
      }
    }
  }

  @Test func `a rotation is re-affirmed though one peer never answers`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let (registrar, other) = (world.registrar, world.other)
      let dossier = try await other.append(dossier: nil, Self.admit(registrar.node.agency)).dossier
      try await eventually("the dossier arrives") {
        try await registrar.order(of: dossier).count == 1
      }
      let key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
      try await world.rotate(other.node.agency, to: key)
      try await eventually("the other node knows the key") {
        registrar.book.peer(other.node.agency)?.keys[key.keyID] != nil
      }
      let patience = Patience()
      let turns = patience.turns
      let node = try await world.again(
        TestNode(other.node, key: key), over: Self.store(), recoveries: turns)
      let memory = Reaffirming<MemoryStore>.Memory(key: { nil }, keep: { _ in })
      try await Self.besideMute(node) { _ in
        let step = Task { try await node.reaffirming(GateKeeper(.open), memory).step() }
        try await eventually("what it wrote is back, and the turn over") {
          try await node.order(of: dossier).count == 1 && turns.counts.running == 0
        }
        patience.end()
        #expect(try await step.value == 1)
        #expect(try await node.order(of: dossier).count == 2)
      }
    }
  }

  @Test func `a start waits for a peer that never answers no longer than its time`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let registrar = world.registrar.node.agency
      let patience = Patience()
      let node = try await world.again(
        world.other.node, over: Self.store(), recoveries: patience.turns)
      try await node.append(dossier: nil, Part())
      try await Self.besideMute(node) { mute in
        let keeper = GateKeeper(SealingGate(peers: [registrar, mute]))
        let comparison = Task { await node.startComparison(keeper).compareAll() }
        try await eventually("the other has confirmed") {
          keeper.current.peersWaiting == [mute]
        }
        #expect(!keeper.isOpen)
        patience.end()
        await comparison.value
        #expect(keeper.isOpen, "it counts as away")
      }
    }
  }
}
