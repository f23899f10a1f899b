import Exchange
import Ledger
import TestSupport
import Testing

/// How long a pull asks the server to wait on a line that breaks.
@Suite struct PullPatienceTests {
  @Test func `every loss halves the wait and every page doubles it again`() async throws {
    var random = SeededGenerator(seed: 1)
    var pull = PullSession(cursor: nil, waitSeconds: 30)
    var waits: [Int] = []
    for _ in 0..<6 {
      waits.append(pull.question.waitSeconds)
      _ = pull.failed(using: &random)
    }
    #expect(waits == [30, 15, 7, 3, 1, 0])
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await b.join(a, directory)
    waits = []
    for _ in 0..<7 {
      waits.append(pull.question.waitSeconds)
      _ = pull.took(.success(try await b.pull(from: a)), using: &random)
    }
    #expect(waits == [0, 1, 2, 4, 8, 16, 30])
  }
}
