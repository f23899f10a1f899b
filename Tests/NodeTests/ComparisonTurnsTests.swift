import Exchange
import HTTPTypes
import Ledger
import Synchronization
import TestSupport
import Testing

@testable import Node

/// How many comparisons run at once, and what becomes of the rest.
@Suite(.timeLimit(.minutes(1))) struct ComparisonTurnsTests {
  private let peers = (0..<5).compactMap { AgencyCode("990000-P\($0)") }

  /// How many have a turn, and how many wait for one.
  private func counts(_ turns: ComparisonTurns) -> [Int] {
    let (running, waiting) = turns.counts
    return [running, waiting]
  }

  /// Waits until so many wait for a turn.
  private func waiting(_ count: Int, for turns: ComparisonTurns) async {
    while turns.counts.waiting != count { await Task.yield() }
  }

  @Test func `so many at once, one of each peer, the rest in the order in which they came`()
    async throws
  {
    let turns = ComparisonTurns(atOnceMax: 2)
    try await turns.begin(peers[0])
    try await turns.begin(peers[1])
    // The first waits for itself though a place is free before its turn has ended.
    let order = [peers[0], peers[2], peers[3]]
    try await withThrowingTaskGroup(of: AgencyCode.self) { group in
      for (place, peer) in order.enumerated() {
        group.addTask {
          try await turns.begin(peer)
          return peer
        }
        await waiting(place + 1, for: turns)
      }
      turns.end(peers[1])
      let second = try await group.next()
      #expect(second == peers[2], "who has a turn has no second one")
      turns.end(peers[0])
      let third = try await group.next()
      #expect(third == peers[0])
      #expect(counts(turns) == [2, 1])
      turns.end(peers[2])
      let last = try await group.next()
      #expect(last == peers[3])
    }
    turns.end(peers[0])
    turns.end(peers[3])
    #expect(counts(turns) == [0, 0])
  }

  @Test func `whoever gives up, or is cancelled, keeps nobody's turn`() async throws {
    let turns = ComparisonTurns(atOnceMax: 1)
    let (first, second) = (peers[0], peers[1])
    try await turns.begin(first)
    await #expect(throws: ComparisonTurns.Crowded.self) {
      try await turns.begin(second, waitingAtMost: .milliseconds(1))
    }
    let waiter = Task { try await turns.begin(second) }
    await waiting(1, for: turns)
    waiter.cancel()
    await #expect(throws: CancellationError.self) { try await waiter.value }
    #expect(counts(turns) == [1, 0])
    turns.end(first)
    try await turns.begin(second, waitingAtMost: .milliseconds(1))
    #expect(counts(turns) == [1, 0])
  }

  @Test func `a turn begins with the first answer and is over in time`() async throws {
    struct Away: Error {}
    let turns = ComparisonTurns(atOnceMax: 1)
    // A peer that is away takes no turn, however many there are of it.
    await #expect(throws: Away.self) {
      try await turns.run(for: peers[0], asking: { _ in throw Away() }) { ask in
        #expect(counts(turns) == [0, 0])
        return try await ask(.compare([]))
      }
    }
    let answer = try await turns.run(for: peers[0], asking: { $0.body }) { ask in
      let first = try await ask(.compare([1]))
      #expect(counts(turns) == [1, 0])
      return try await first + ask(.compare([2]))
    }
    #expect(answer == [1, 2])
    #expect(counts(turns) == [0, 0])
    let hasty = ComparisonTurns(atOnceMax: 1, timeMax: .zero)
    let error = await #expect(throws: NodeError.self) {
      try await hasty.run(for: peers[0], asking: { $0.body }) { ask in
        _ = try await ask(.compare([1]))
        return try await ask(.compare([2]))
      }
    }
    #expect(error?.words == "reach.slow")
    #expect(counts(hasty) == [0, 0])
  }

  @Test func `security T14 a peer that never answers is given up when its time is over`()
    async throws
  {
    let isOver = Mutex(false)
    let turns = ComparisonTurns(atOnceMax: 1, timeMax: .seconds(600)) { _ in
      while !isOver.withLock({ $0 }) {
        try await Task.sleep(for: .milliseconds(1))
      }
    }
    let error = await #expect(throws: NodeError.self) {
      try await turns.run(
        for: peers[0],
        asking: { question in
          if question.body == [1] { return [1] }
          // The second question is the one that it never answers.
          isOver.withLock { $0 = true }
          let (silence, feed) = AsyncStream.makeStream(of: Void.self)
          for await _ in silence {}
          feed.finish()
          throw CancellationError()
        }
      ) { ask in
        _ = try await ask(.compare([1]))
        return try await ask(.compare([2]))
      }
    }
    #expect(error?.words == "reach.slow")
    #expect(counts(turns) == [0, 0])
  }

  @Test func `a peer's second question at once is told when to come back`() async throws {
    let store = StallingStore()
    let a = SampleNode(store, SampleAgency("A"))
    _ = try await a.found()
    let desk = PeerDesk(
      store: store, signatory: a.agency.signatory, businessTime: { .sample }, bell: Bell(),
      build: BuildDescription(version: "0.1.0", commit: "test"), settled: { _ in },
      join: { _ in throw Problem(.notFound) })
    let route = try #require(desk.routes.first { $0.path == "/peer/v1/reconcile" })
    let message = try Negentropy(NegentropySet([]), frameBytesMax: 0).initiate()
    let questions = peers.map { peer in
      PeerRequest(
        agency: peer, isWithdrawn: false,
        head: HTTPRequest(method: .post, scheme: "https", authority: "x", path: route.path),
        query: [:], body: message)
    }
    let first = Task { try await route.answer(questions[0]) }
    await store.stalled(1)
    await #expect(throws: Problem(.busy, retryAfterSeconds: 1)) {
      try await route.answer(questions[0])
    }
    // Another peer is answered beside it, and a third waits for one of the two.
    let second = Task { try await route.answer(questions[1]) }
    await store.stalled(2)
    let third = Task { try await route.answer(questions[2]) }
    await waiting(1, for: desk.answering)
    store.goOn()
    for task in [first, second, third] {
      #expect(try await task.value.mediaType == PeerRoute.bytes)
    }
    #expect(store.mostAtOnce == 2, "as `comparisonAnswersMax` says")
  }
}

/// A store that answers no question of a comparison until it is told to go on.
private final class StallingStore: Store {
  private struct State {
    var stalled = 0
    var running = 0
    var mostAtOnce = 0
    var isOpen = false
  }

  private let store = MemoryStore(fold: SampleFold.fold)
  private let state = Mutex(State())

  var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

  /// Waits until so many questions have come.
  func stalled(_ count: Int) async {
    while state.withLock({ $0.stalled }) < count { await Task.yield() }
  }

  func goOn() { state.withLock { $0.isOpen = true } }

  func write<W: StoreWork>(_ work: W) async throws -> W.Result { try await store.write(work) }

  func rehearse<W: StoreWork>(_ work: W) async throws -> W.Result {
    try await store.rehearse(work)
  }

  func read<W: StoreWork>(_ work: W) async throws -> W.Result {
    guard work is AnswerReconcile else { return try await store.read(work) }
    state.withLock {
      $0.stalled += 1
      $0.running += 1
      $0.mostAtOnce = max($0.mostAtOnce, $0.running)
    }
    while !state.withLock({ $0.isOpen }) { await Task.yield() }
    defer { state.withLock { $0.running -= 1 } }
    return try await store.read(work)
  }

  func belongsToContent(_ error: any Error) -> Bool { store.belongsToContent(error) }
}
