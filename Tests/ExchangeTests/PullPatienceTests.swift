import Exchange
import Ledger
import TestSupport
import Testing

/// How long a pull asks the server to wait on a line that breaks.
@Suite struct PullPatienceTests {
  private func pair() async throws -> (SampleNode<MemoryStore>, SampleNode<MemoryStore>) {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await b.join(a, directory)
    return (a, b)
  }

  @Test func `a pull whose cursor another moved goes on from there and waits as before`()
    async throws
  {
    var random = SeededGenerator(seed: 2)
    let (a, b) = try await pair()
    var pull = PullSession(cursor: nil, waitSeconds: 30)
    try await b.catchUp(with: a)
    _ = pull.took(.failure(.gap), using: &random)
    let cursor = try #require(try await b.store.read(CursorOf(a.agency.code)))
    pull.move(to: cursor)
    #expect(pull.question.after == cursor.number && cursor.number > 0)
    #expect(pull.question.hash == cursor.runningHash && pull.question.outbox == cursor.outbox)
    #expect(pull.question.waitSeconds == 30)
  }

  @Test(arguments: [(Duration.milliseconds(1), true), (.seconds(29), false)])
  func `a server that answers with nothing, again and again, before the time is asked less often`(
    came: Duration, isLess: Bool
  ) async throws {
    var random = SeededGenerator(seed: 3)
    let (a, b) = try await pair()
    try await b.catchUp(with: a)
    let cursor = try await b.store.read(CursorOf(a.agency.code))
    var pull = PullSession(cursor: cursor, waitSeconds: 30)
    func steps(_ count: Int) async throws -> [PullSession.Step] {
      var steps: [PullSession.Step] = []
      for _ in 0..<count {
        pull.paced(300, asking: came, taking: .zero)
        steps.append(pull.took(.success(try await b.pull(from: a)), using: &random))
      }
      return steps
    }
    let few = try await steps(Exchange.Limits.hastyPagesMax)
    #expect(few.allSatisfy { $0 == .ask })
    #expect(try await steps(5).allSatisfy { ($0 != .ask) == isLess })
    // A page that brings something is asked behind at once.
    let grant = Grant(agency: b.agency.code, ground: .admit)
    try await a.append(nil, [Part(membership: [.grant(grant)])])
    #expect(try await steps(1) == [.ask])
  }

  @Test func `every loss halves the wait and every page doubles it again`() async throws {
    var random = SeededGenerator(seed: 1)
    var pull = PullSession(cursor: nil, waitSeconds: 30)
    var waits: [Int] = []
    for _ in 0..<6 {
      waits.append(pull.question.waitSeconds)
      _ = pull.failed(using: &random)
    }
    #expect(waits == [30, 15, 7, 3, 1, 0])
    let (a, b) = try await pair()
    waits = []
    for _ in 0..<7 {
      waits.append(pull.question.waitSeconds)
      _ = pull.took(.success(try await b.pull(from: a)), using: &random)
    }
    #expect(waits == [0, 1, 2, 4, 8, 16, 30])
  }
}
