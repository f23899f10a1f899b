import Exchange
import Ledger
import TestSupport
import Testing

/// Our negentropy against the published reference in JavaScript, in both roles.
///
/// `GUANTONG_NEGENTROPY=/path/to/negentropy deploy/test --only ReferenceTests`, where Node.js is
/// installed; elsewhere these tests are skipped and say so. The recorded transcripts always run.
@Suite(
  .enabled(
    if: ReferenceNegentropy.harness != nil,
    "the published reference is not here: set GUANTONG_NEGENTROPY to a copy of its repository"),
  .timeLimit(.minutes(5)))
struct ReferenceTests {
  /// Two sets that overlap at random, and the frame limit of both sides.
  struct Case: CustomTestStringConvertible, Sendable {
    var seed: UInt64
    var count: Int
    /// Of a thousand items, how many each side lacks.
    var lacking: Int
    var frame: Int

    var testDescription: String { "\(count) items, \(lacking)‰ lacking, frame \(frame)" }

    func sides() -> (ours: Set<Hash256>, theirs: Set<Hash256>) {
      var generator = SeededGenerator(seed: seed)
      let pool = (0..<count).map { Hash256.sha256(Array("\(seed)/\($0)".utf8)) }
      func side() -> Set<Hash256> {
        Set(pool.filter { _ in Int.random(in: 0..<1_000, using: &generator) >= lacking })
      }
      return (side(), side())
    }

    static let all: [Case] = [
      Case(seed: 1, count: 0, lacking: 0, frame: 0),
      Case(seed: 2, count: 1, lacking: 500, frame: 0),
      Case(seed: 3, count: 31, lacking: 100, frame: 0),
      Case(seed: 4, count: 5_000, lacking: 0, frame: 4_096),
      Case(seed: 5, count: 5_000, lacking: 1, frame: 0),
      Case(seed: 6, count: 5_000, lacking: 20, frame: 4_096),
      Case(seed: 7, count: 3_000, lacking: 300, frame: 8_192),
      Case(seed: 8, count: 1_000, lacking: 1_000, frame: 0),
      Case(seed: 9, count: 20_000, lacking: 5, frame: 60_000),
    ]
  }

  @Test(arguments: Case.all)
  func `our client learns from the reference what each side lacks`(_ play: Case) async throws {
    let (ours, theirs) = play.sides()
    let client = Negentropy(NegentropySet(ours), frameBytesMax: play.frame)
    let difference = try await ReferenceNegentropy.withSide(
      holding: theirs.map(\.hex), frameBytesMax: play.frame
    ) { say in
      var difference = Negentropy.Difference()
      var question: [UInt8]? = try client.initiate()
      var rounds = 0
      while let message = question, rounds < 400 {
        let answer = try #require(try await say("msg,\(Hex.encode(message))").message)
        let bytes = try #require(Hex.decode(answer))
        question = try client.resume(with: bytes, into: &difference)
        rounds += 1
      }
      #expect(question == nil)
      return difference
    }
    #expect(difference.have == ours.subtracting(theirs))
    #expect(difference.need == theirs.subtracting(ours))
  }

  @Test(arguments: Case.all)
  func `the reference learns from our server what each side lacks`(_ play: Case) async throws {
    let (ours, theirs) = play.sides()
    let server = Negentropy(NegentropySet(ours), frameBytesMax: play.frame)
    let (have, need) = try await ReferenceNegentropy.withSide(
      holding: theirs.map(\.hex), frameBytesMax: play.frame
    ) { say in
      var (have, need): (Set<String>, Set<String>) = ([], [])
      var said = try await say("initiate")
      var rounds = 0
      while let question = said.message, rounds < 400 {
        let answer = try server.answer(try #require(Hex.decode(question)))
        said = try await say("msg,\(Hex.encode(answer))")
        have.formUnion(said.have)
        need.formUnion(said.need)
        rounds += 1
      }
      #expect(said.message == nil)
      return (have, need)
    }
    #expect(have == Set(theirs.subtracting(ours).map(\.hex)))
    #expect(need == Set(ours.subtracting(theirs).map(\.hex)))
  }
}
