import Exchange
import Ledger
import TestSupport
import Testing

/// Negentropy over sums of leaves: the same bytes as over all items, and few items read.
struct LeafSumTests {
  /// A side that knows sums, and counts the items it reads.
  private final class Shelf {
    let side: Negentropy
    private(set) var read = 0
    private(set) var reads = 0
    private let items: [Int: [Hash256]]

    init?(
      _ items: some Sequence<Hash256>, _ sums: [LeafSum], frame: Int,
      itemsMax: Int = Exchange.Limits.itemsPerAnswerMax
    ) {
      guard let set = NegentropySet(sums) else { return nil }
      side = Negentropy(set, frameBytesMax: frame, itemsMax: itemsMax)
      self.items = Dictionary(grouping: items, by: LeafSum.leaf(of:))
    }

    func take(_ leaves: [Int]) -> [Hash256] {
      let found = leaves.flatMap { items[$0] ?? [] }
      read += found.count
      reads += 1
      return found
    }
  }

  private func shelf(_ items: Set<Hash256>, frame: Int) throws -> Shelf {
    try #require(Shelf(items, LeafSum.sums(of: items), frame: frame))
  }

  @Test(arguments: [0, 4096])
  func `two sets that overlap at random say the same bytes by sums`(frame: Int) throws {
    for seed in 0..<8 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let pool = (0..<1_500).map { Hash256.sha256(Array("\(seed)/\($0)".utf8)) }
      let lacking = seed % 4
      let local = Set(pool.filter { _ in Int.random(in: 0..<10, using: &generator) >= lacking })
      let remote = Set(pool.filter { _ in Int.random(in: 0..<99, using: &generator) > 0 })
      let client = Negentropy(NegentropySet(local), frameBytesMax: frame)
      let server = Negentropy(NegentropySet(remote), frameBytesMax: frame)
      let asking = try shelf(local, frame: frame)
      let answering = try shelf(remote, frame: frame)
      var (plain, summed) = (Negentropy.Difference(), Negentropy.Difference())
      var question: [UInt8]? = try client.initiate()
      #expect(try asking.side.initiate(reading: asking.take) == question)
      while let message = question {
        let answer = try server.answer(message)
        #expect(try answering.side.answer(message, reading: answering.take) == answer)
        question = try client.resume(with: answer, into: &plain)
        let next = try asking.side.resume(with: answer, into: &summed, reading: asking.take)
        #expect(next == question)
      }
      #expect(plain == summed && plain.have == local.subtracting(remote))
    }
  }

  @Test func `of many items the ends of ranges are read and no others`() throws {
    let items = Set((0..<20_000).map { Hash256.sha256(Array("item \($0)".utf8)) })
    let missing = try #require(items.sorted().dropFirst(7_777).first)
    let (client, server) = (
      try shelf(items, frame: 0), try shelf(items.subtracting([missing]), frame: 0)
    )
    var difference = Negentropy.Difference()
    var question: [UInt8]? = try client.side.initiate(reading: client.take)
    #expect(client.read < 300)
    var trips = 0
    while let message = question {
      let answer = try server.side.answer(message, reading: server.take)
      question = try client.side.resume(with: answer, into: &difference, reading: client.take)
      trips += 1
    }
    #expect(trips <= 3)
    #expect(difference.have == [missing] && difference.need.isEmpty)
    #expect(client.read + server.read < 2_000)
  }

  @Test func `an answer reads so many items and no more, and all differences are found`() throws {
    let items = Set((0..<20_000).map { Hash256.sha256(Array("item \($0)".utf8)) })
    let itemsMax = 1_000
    func bounded() throws -> Shelf {
      try #require(Shelf(items, LeafSum.sums(of: items), frame: 0, itemsMax: itemsMax))
    }
    // A message with a bound inside every leaf, of which nothing is equal.
    var hostile: [UInt8] = [0x61]
    for leaf in 0..<LeafSum.leaves {
      let lowest = try #require(LeafSum.lowest(in: leaf))
      hostile += [1, 3, lowest[0], lowest[1] | 8, 0, 1] + Array(repeating: 0, count: 16)
    }
    let asked = try bounded()
    _ = try asked.side.answer(hostile, reading: asked.take)
    // What one range more takes: the leaves at the ends of its parts.
    #expect(asked.read <= itemsMax + 2_000)
    let local = items.filter { $0.bytes[31] % 10 != 0 }
    let client = Negentropy(NegentropySet(local), frameBytesMax: 0)
    var difference = Negentropy.Difference()
    var question: [UInt8]? = try client.initiate()
    var trips = 0
    while let message = question, trips < Exchange.Limits.reconcileRoundTripsMax {
      let server = try bounded()
      let answer = try server.side.answer(message, reading: server.take)
      #expect(server.read <= itemsMax + 2_000)
      question = try client.resume(with: answer, into: &difference)
      trips += 1
    }
    #expect(question == nil)
    #expect(difference.need == items.subtracting(local) && difference.have.isEmpty)
  }

  @Test func `lists of ids without end cost no more than the frame that they fill`() throws {
    let items = Set((0..<100_000).map { Hash256.sha256(Array("item \($0)".utf8)) })
    let frame = Exchange.Limits.reconcileFrameBytesMax
    // A bound inside every leaf and an empty list, then with an id that nobody here has.
    for count in [0, 1] as [UInt8] {
      var hostile: [UInt8] = [0x61]
      for leaf in 0..<LeafSum.leaves {
        let lowest = try #require(LeafSum.lowest(in: leaf))
        hostile += [1, 3, lowest[0], lowest[1] | 8, 0, 2, count]
        hostile += Array(repeating: 7, count: 32 * Int(count))
      }
      #expect(hostile.count < frame)
      let asked = try shelf(items, frame: frame)
      let answer = try asked.side.answer(hostile, reading: asked.take)
      #expect(answer.count <= frame)
      #expect(asked.read <= 2 * Exchange.Limits.itemsPerReadMax, "not the 100,000 that are here")
      #expect(asked.reads <= 4, "and in few turns")
      // A list that names more ids than there are bytes is none.
      #expect(throws: NegentropyFault.truncated) {
        try asked.side.answer([0x61, 0, 0, 2, 0x7F, 1], reading: asked.take)
      }
    }
  }

  @Test func `of a large set equals need sums of blocks alone, and one change two round trips`()
    throws
  {
    let items = Set((0..<100_000).map { Hash256.sha256(Array("item \($0)".utf8)) })
    let (old, new) = (Hash256.sha256(Array("old".utf8)), try #require(items.min()))
    let blocks = try #require(NegentropySet(LeafSum.sums(of: items, by: .block), by: .block))
    let equal = Negentropy(blocks, frameBytesMax: 0)
    let first = try equal.initiate()
    #expect(first.count == 640)
    #expect(try equal.answer(first) == [0x61])
    #expect(try equal.initiate(isLikelyEqual: true).count == 20)
    let client = try shelf(items.subtracting([new]).union([old]), frame: 0)
    let server = try shelf(items, frame: 0)
    var difference = Negentropy.Difference()
    var question: [UInt8]? = try client.side.initiate(reading: client.take)
    #expect(client.read == 0, "the parts end where leaves do")
    var sizes: [Int] = []
    while let message = question {
      let answer = try server.side.answer(message, reading: server.take)
      if sizes.isEmpty {
        #expect(server.read == 0)
      } else {
        #expect(throws: NegentropyFault.unreadable) { try equal.answer(message) }
      }
      sizes += [message.count, answer.count]
      question = try client.side.resume(with: answer, into: &difference, reading: client.take)
    }
    #expect(difference.have == [old] && difference.need == [new])
    #expect(sizes.count == 4 && sizes.reduce(0, +) < 4_096, "\(sizes)")
    #expect(client.read + server.read < 1_000)
  }

  @Test func `one fingerprint of everything finds what differs, too`() throws {
    for count in [0, 1, 31, 500] {
      let items = Set((0..<count).map { Hash256.sha256(Array("item \($0)".utf8)) })
      let extra = Hash256.sha256(Array("extra".utf8))
      let client = try shelf(items, frame: 4096)
      let server = try shelf(items.union([extra]), frame: 4096)
      var difference = Negentropy.Difference()
      var question: [UInt8]? = try client.side.initiate(isLikelyEqual: true, reading: client.take)
      #expect(question?.count == 20)
      while let message = question {
        let answer = try server.side.answer(message, reading: server.take)
        question = try client.side.resume(with: answer, into: &difference, reading: client.take)
      }
      #expect(difference.have.isEmpty && difference.need == [extra])
    }
  }

  @Test func `sums that are not those of the items are noticed when the items are read`() throws {
    let items = Set((0..<40).map { Hash256.sha256([UInt8($0)]) })
    var wrong = LeafSum.sums(of: items)
    wrong[7] = LeafSum(leaf: wrong[7].leaf, count: wrong[7].count, limbs: [1])
    let shelf = try #require(Shelf(items, wrong, frame: 0))
    let wantsAll: [UInt8] = [0x61, 0x00, 0x00, 0x02, 0x00]
    #expect(throws: NegentropyFault.unreadable) {
      try shelf.side.answer(wantsAll, reading: shelf.take)
    }
    let twice = LeafSum.sums(of: items) + LeafSum.sums(of: items)
    #expect(NegentropySet(twice) == nil)
    #expect(NegentropySet([LeafSum(leaf: 5, count: -1, limbs: [])]) == nil)
    #expect(NegentropySet([LeafSum(leaf: LeafSum.leaves, count: 1, limbs: [])]) == nil)
    #expect(NegentropySet([LeafSum(leaf: 256, count: 1, limbs: [])], by: .block) == nil)
  }

  @Test func `sums of digits are carried, and an item goes out as it came in`() {
    let ones = Hash256([UInt8](repeating: 0xFF, count: 32)) ?? .zero
    let others = (0..<5).map { Hash256.sha256([UInt8($0)]) }
    let sums = LeafSum.sums(of: [ones])
    let limbs = [Int64](repeating: 0xFFFF_FFFF, count: 8)
    #expect(sums == [LeafSum(leaf: 4_095, count: 1, limbs: limbs)])
    #expect(LeafSum.sums(of: others + [ones]).without(others, with: []) == sums)
    #expect(
      LeafSum.sums(of: others).without([], with: [ones]) == LeafSum.sums(of: others + [ones]))
  }
}
