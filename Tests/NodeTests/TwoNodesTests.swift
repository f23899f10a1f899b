import Exchange
import Ledger
import TestSupport
import Testing

@testable import Node

@Suite(.timeLimit(.minutes(5))) struct TwoNodes {
  private func store() -> MemoryStore {
    MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
  }

  private func admit(_ agency: AgencyCode) -> Part {
    Part(membership: [.grant(Grant(agency: agency, ground: .admit))])
  }

  @Test func `a change set reaches a connected peer and its receipt comes back`() async throws {
    try await PeerWorld.run(stores: (store(), store())) { world in
      let first = try await world.registrar.append(
        dossier: nil, admit(world.other.node.agency))
      try await eventually("the change set arrives") {
        try await world.other.order(of: first.dossier) == [first.id]
      }
      try await eventually("the receipt is kept") {
        try await world.registrar.store.read(ReceiptsOf(id: first.id)) == 1
      }
      // And back again, over the other direction.
      let answer = try await world.other.append(dossier: first.dossier, Part())
      try await eventually("the answer arrives") {
        try await world.registrar.order(of: first.dossier) == [first.id, answer.id]
      }
    }
  }

  @Test func `a pull that another has overtaken is no failure, and goes on from there`()
    async throws
  {
    try await PeerWorld.run(stores: (store(), store())) { world in
      let peer = world.registrar.node.agency
      let session = try #require(await world.other.synchronizer.session(with: peer))
      var pull = try await session.makePull(waitSeconds: 30)
      let first = try await world.registrar.append(
        dossier: nil, admit(world.other.node.agency))
      try await eventually("the loop has taken it") {
        try await world.other.order(of: first.dossier) == [first.id]
      }
      let step = try await session.pull(&pull)
      #expect(step.outcome == .nothing && step.rest == nil)
      let cursor = try await world.other.store.read(CursorOf(peer))
      #expect(pull.question.after == cursor?.number && pull.question.waitSeconds == 30)
    }
  }

  @Test func `a long poll delivers at once`() async throws {
    try await PeerWorld.run(stores: (store(), store())) { world in
      let first = try await world.registrar.append(
        dossier: nil, admit(world.other.node.agency))
      try await eventually("the first change set arrives") {
        try await world.other.order(of: first.dossier).count == 1
      }
      var durations: [Duration] = []
      for count in 2...21 {
        let begin = ContinuousClock.now
        try await world.registrar.append(dossier: first.dossier, Part())
        try await eventually("change set \(count) arrives") {
          try await world.other.order(of: first.dossier).count == count
        }
        durations.append(ContinuousClock.now - begin)
      }
      print("delivery over a long poll: median \(durations.sorted()[10]) of 20, in memory")
    }
  }

  @Test func `a node that only dials out pushes what it owes`() async throws {
    try await PeerWorld.run(stores: (store(), store()), otherListens: false) { world in
      let first = try await world.other.append(
        dossier: nil, admit(world.registrar.node.agency))
      try await eventually("the pushed change set arrives") {
        try await world.registrar.order(of: first.dossier) == [first.id]
      }
      try await eventually("the receipt is kept") {
        try await world.other.store.read(ReceiptsOf(id: first.id)) == 1
      }
    }
  }

  @Test func `sync now brings every page, also of what had no number before`() async throws {
    try await PeerWorld.run(stores: (store(), store())) { world in
      let (registrar, other) = (world.registrar, world.other)
      let again = try await world.again(other.node, over: store())
      // The loop of the other node ends with its long poll: nobody else pulls.
      other.book.replace([])
      var dossier: DossierID?
      let large = Record(
        id: RecordID(timestamp: .sample, random: [UInt8](repeating: 1, count: 10)), type: 6,
        author: registrar.node.agency, body: [UInt8](repeating: 7, count: 100_000))
      for number in 0..<12 {
        let part = number == 0 ? admit(other.node.agency) : Part(records: [large])
        dossier = try await registrar.append(dossier: dossier, part).dossier
      }
      _ = try await again.synchronizer.syncNow()
      let shared = try #require(dossier)
      #expect(
        try await again.order(of: shared) == registrar.order(of: shared), "in several pages")
    }
  }

  @Test func `what is held is judged again and what it lacks is asked for at once`()
    async throws
  {
    try await PeerWorld.run(stores: (store(), store())) { world in
      let (registrar, other) = (world.registrar, world.other)
      let again = try await world.again(other.node, over: store())
      // The loops of the other node end: nobody else asks.
      other.book.replace([])
      #expect(try await again.synchronizer.retryHeldNow(.all(from: nil)) == HeldAgain())
      let first = try await registrar.append(dossier: nil, admit(other.node.agency))
      let second = try await registrar.append(dossier: first.dossier, Part())
      let delivery = Delivery(
        number: 0, content: .changeSet(ReceivedChangeSet(second, parts: second.parts)))
      let taken = try await again.store.write(
        TakeFetched(
          peer: registrar.node.agency, deliveries: [delivery],
          now: WorldNode<MemoryStore>.now))
      #expect(taken.held == 1)
      let stranger = try #require(AgencyCode("420300-FY"))
      #expect(try await again.synchronizer.retryHeldNow(.all(from: stranger)) == HeldAgain())
      let retried = try await again.synchronizer.retryHeldNow(.one(second.id))
      #expect(retried.judged == 1 && retried.waiting == 0 && retried.rejected == 0)
      #expect(retried.peers == [registrar.node.agency: Sought(asked: 1, stored: 2)])
      #expect(try await again.order(of: first.dossier) == [first.id, second.id])
      #expect(
        try await again.synchronizer.retryHeldNow(.one(second.id)) == HeldAgain(), "and once more")
    }
  }

  @Test func `scenario S14 a clock three days ahead delays nothing, and its flag shows`()
    async throws
  {
    try await PeerWorld.run(stores: (store(), store()), clockAheadSeconds: 3 * 86_400) { world in
      let first = try await world.other.append(
        dossier: nil, admit(world.registrar.node.agency))
      try await eventually("the change set arrives") {
        try await world.registrar.order(of: first.dossier) == [first.id]
      }
      let contact = world.registrar.states.contact(with: world.other.node.agency)
      let ahead = try #require(contact.clock)
      #expect(abs(ahead.seconds - 3 * 86_400) <= 5)
      #expect(ahead.isFlagged)
      // Written later by the clock that is behind: it stands behind all the same, at both.
      let second = try await world.registrar.append(dossier: first.dossier, Part())
      try await eventually("the answer arrives") {
        try await world.other.order(of: first.dossier).count == 2
      }
      let third = try await world.other.append(dossier: first.dossier, Part())
      for node in [world.registrar, world.other] {
        try await eventually("all of it stands in one order") {
          try await node.order(of: first.dossier) == [first.id, second.id, third.id]
        }
      }
    }
  }
}

/// How many receipts prove that a change set was delivered.
struct ReceiptsOf: StoreWork {
  let id: ChangeSetID

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    try transaction.receipts(of: id).count
  }
}
