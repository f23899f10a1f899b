import Exchange
import Ledger
import TestSupport
import Testing

/// One recorded conversation of the published reference.
struct NegentropyTranscript: Decodable, CustomTestStringConvertible, Sendable {
  var name: String
  var seed: String
  var frameLimit: Int
  var client: [[Int]]
  var server: [[Int]]
  var messages: [String]
  var have: [String]
  var need: [String]

  var testDescription: String { name }

  func items(_ ranges: [[Int]]) -> [Hash256] {
    ranges.flatMap { range in
      (range[0]...range[1]).map { .sha256(Array("guantong/vector/\(seed)/\($0)".utf8)) }
    }
  }

  static let all: [NegentropyTranscript] = {
    do {
      return try Vectors.read([NegentropyTranscript].self, "negentropy-v1")
    } catch {
      Issue.record("the vectors cannot be read: \(error)")
      return []
    }
  }()
}

struct NegentropyTests {
  @Test func `there are transcripts of the reference`() {
    #expect(NegentropyTranscript.all.count == 10)
  }

  @Test(arguments: NegentropyTranscript.all)
  func `every recorded conversation is repeated byte for byte`(
    transcript: NegentropyTranscript
  ) throws {
    let client = Negentropy(
      NegentropySet(transcript.items(transcript.client)), frameBytesMax: transcript.frameLimit)
    let server = Negentropy(
      NegentropySet(transcript.items(transcript.server)), frameBytesMax: transcript.frameLimit)
    var difference = Negentropy.Difference()
    var spoken: [String] = []
    var question: [UInt8]? = try client.initiate()
    while let message = question, spoken.count < 100 {
      spoken.append(Hex.encode(message))
      let answer = try server.answer(message)
      spoken.append(Hex.encode(answer))
      question = try client.resume(with: answer, into: &difference)
    }
    for (index, pair) in zip(spoken, transcript.messages).enumerated() {
      // The last fingerprint of a full frame is left out: the reference takes it from the end of
      // the range that did not fit, while the document wants all ids of the range it stands for.
      let isFull = transcript.frameLimit > 0 && pair.0.count > 2 * 1_000
      let compared = isFull ? pair.0.count - 32 : pair.0.count
      #expect(pair.0.prefix(compared) == pair.1.prefix(compared), "message \(index)")
      #expect(pair.0.count == pair.1.count, "message \(index)")
    }
    #expect(spoken.count == transcript.messages.count)
    #expect(difference.have.map(\.hex).sorted() == transcript.have)
    #expect(difference.need.map(\.hex).sorted() == transcript.need)
  }

  @Test(arguments: [0, 4096, 5000, 8192])
  func `two sets that overlap at random are told apart exactly`(frame: Int) throws {
    for seed in 0..<12 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let pool = (0..<1_500).map { Hash256.sha256(Array("\(seed)/\($0)".utf8)) }
      let local = Set(pool.filter { _ in Int.random(in: 0..<10, using: &generator) > 1 })
      let remote = Set(pool.filter { _ in Int.random(in: 0..<10, using: &generator) > 2 })
      let client = Negentropy(NegentropySet(local), frameBytesMax: frame)
      let server = Negentropy(NegentropySet(remote), frameBytesMax: frame)
      var difference = Negentropy.Difference()
      var question: [UInt8]? = try client.initiate()
      var rounds = 0
      while let message = question, rounds < 400 {
        let answer = try server.answer(message)
        if frame > 0 {
          #expect(message.count <= frame)
          #expect(answer.count <= frame)
        }
        question = try client.resume(with: answer, into: &difference)
        rounds += 1
      }
      #expect(question == nil)
      #expect(difference.have == local.subtracting(remote))
      #expect(difference.need == remote.subtracting(local))
    }
  }

  @Test func `an item that only fills the end of a full frame is found`() throws {
    // The responder's first fingerprint must cover the range whose answer it had to leave out.
    let shared = (0..<4_000).map { Hash256.sha256(Array("shared \($0)".utf8)) }.sorted()
    for extra in stride(from: 0, to: 4_000, by: 400) {
      var remote = shared
      remote.remove(at: extra)
      let client = Negentropy(NegentropySet(shared), frameBytesMax: 4096)
      let server = Negentropy(NegentropySet(remote), frameBytesMax: 4096)
      var difference = Negentropy.Difference()
      var question: [UInt8]? = try client.initiate()
      while let message = question {
        question = try client.resume(with: try server.answer(message), into: &difference)
      }
      #expect(difference.have == [shared[extra]])
      #expect(difference.need.isEmpty)
    }
  }

  @Test func `another version is answered with the one spoken here`() throws {
    let side = Negentropy(NegentropySet([]), frameBytesMax: 0)
    #expect(try side.answer([0x62, 0x00]) == [0x61])
    var difference = Negentropy.Difference()
    #expect(throws: NegentropyFault.unsupported(version: 0x62)) {
      try side.resume(with: [0x62], into: &difference)
    }
  }

  @Test(arguments: [
    ("", NegentropyFault.malformed),
    ("10", .malformed),
    ("61000003", .malformed),
    ("6100000205", .truncated),
    ("61000001aabb", .truncated),
    ("6100210201", .malformed),
    ("61808001", .malformed),
    ("61ffffffffffffffffffff7f00", .malformed),
    ("610201100001000f0000", .unordered),
    ("61000002ffffffffffffffff7f", .truncated),
  ])
  func `a message that is none is refused with its reason`(
    hex: String, fault: NegentropyFault
  ) throws {
    let bytes = try #require(Hex.decode(hex))
    let side = Negentropy(
      NegentropySet((0..<100).map { Hash256.sha256([UInt8($0)]) }), frameBytesMax: 0)
    #expect(throws: fault) { try side.answer(bytes) }
  }

  @Test func `every prefix and every flipped byte of a message is survived`() throws {
    let transcript = try #require(NegentropyTranscript.all.first { $0.messages.count == 4 })
    let server = Negentropy(
      NegentropySet(transcript.items(transcript.server)), frameBytesMax: 4096)
    let message = try #require(Hex.decode(transcript.messages[2]))
    for length in 0..<message.count {
      var changed = message
      changed[length] ^= 0x41
      for hostile in [Array(message.prefix(length)), changed] {
        do {
          let answer = try server.answer(hostile)
          #expect(answer.count <= 4096)
        } catch let fault {
          #expect(fault != .unsupported(version: 0x61))
        }
      }
    }
  }
}
