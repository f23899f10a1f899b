import Exchange
import Ledger
import TestSupport
import Testing

/// How large pages become on a line.
@Suite struct PagePaceTests {
  private let first = Exchange.Limits.pageBytesFirst

  @Test func `full pages that are quick double up to 8 MiB, slow ones halve down to 64 KiB`() {
    var pace = PagePace()
    var sizes: [Int] = []
    for _ in 0..<7 {
      sizes.append(pace.bytesMax)
      pace.took(pace.bytesMax, in: .milliseconds(300))
    }
    #expect(sizes.map { $0 >> 10 } == [256, 512, 1_024, 2_048, 4_096, 8_192, 8_192])
    pace.took(pace.bytesMax, in: .milliseconds(301))
    #expect(pace.bytesMax == 8 << 20, "as it should be: between the half and the whole")
    for _ in 0..<8 { pace.took(pace.bytesMax, in: .milliseconds(601)) }
    #expect(pace.bytesMax == Exchange.Limits.pageBytesMin)
  }

  @Test func `a page that was not full tells nothing about the line`() {
    var pace = PagePace()
    pace.took(first / 2 - 1, in: .seconds(30))
    pace.took(first / 2 - 1, in: .zero)
    #expect(pace.bytesMax == first)
    pace.took(first / 2, in: .seconds(2))
    #expect(pace.bytesMax == first / 2)
  }

  @Test func `a wait of the server counts only behind a full page`() {
    var pull = PullSession(cursor: nil, waitSeconds: 30)
    pull.paced(first, asking: .seconds(29), taking: .milliseconds(10))
    #expect(pull.question.bytesMax == 2 * first, "the server had waited")
    pull.paced(2 * first, asking: .seconds(2), taking: .milliseconds(10))
    #expect(pull.question.bytesMax == first, "the line is slow")
    pull.paced(100, asking: .seconds(2), taking: .milliseconds(10))
    pull.paced(first, asking: .seconds(29), taking: .milliseconds(10))
    #expect(pull.question.bytesMax == 2 * first, "the page before was small")
  }

  @Test func `a page lost behind a full one halves the next, a lost long poll does not`() {
    var random = SeededGenerator(seed: 1)
    var pull = PullSession(cursor: nil, waitSeconds: 30)
    _ = pull.failed(using: &random)
    #expect(pull.question.bytesMax == first)
    pull.paced(first, asking: .zero, taking: .zero)
    _ = pull.failed(using: &random)
    #expect(pull.question.bytesMax == first)
    _ = pull.failed(using: &random)
    #expect(pull.question.bytesMax == first / 2)
    var push = PushSession(
      position: OutboxPosition(
        number: 0, runningHash: .zero, receipted: 0, receiptedAt: nil))
    push.paced(first, in: .seconds(3))
    _ = push.failed(using: &random)
    #expect(push.pace.bytesMax == first / 4)
  }

  @Test func `behind a full page the next is asked for ahead, on a quick line only`() async throws {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await b.join(a, directory)
    try await b.catchUp(with: a)
    let open = Part(membership: [.grant(Grant(agency: b.agency.code, ground: .admit))])
    for _ in 0..<3 { try await a.append(nil, [open]) }
    let cursor = try #require(try await b.store.read(CursorOf(a.agency.code)))
    func page(after number: UInt64, _ hash: Hash256) async throws -> DeliveryPage {
      let served = try await a.store.write(
        ServeDeliveries(
          reader: b.agency.code, outbox: cursor.outbox, after: number, hash: hash,
          signatory: a.agency.signatory, now: .sample))
      return try #require(DeliveryPage.decode(served.bytes))
    }
    let first = try await page(after: cursor.number, cursor.runningHash)
    #expect(first.deliveries.count == 3)
    var pull = PullSession(cursor: cursor, waitSeconds: 30)
    #expect(pull.following(first, of: pull.question.bytesMax) == nil, "the line is not known yet")
    while pull.question.bytesMax < Exchange.Limits.pageBytesAhead {
      pull.paced(pull.question.bytesMax, asking: .zero, taking: .zero)
    }
    let size = pull.question.bytesMax
    #expect(pull.following(first, of: size / 2 - 1) == nil, "nothing stands behind it")
    let next = try #require(pull.following(first, of: size))
    #expect(next.after == cursor.number + 3 && next.waitSeconds == 0)
    let taken = try await b.store.take(
      TakeDeliveries(
        peer: a.agency.code, page: first, signatory: b.agency.signatory, now: .sample)
    ).get()
    #expect(next.hash == taken.cursor.runningHash, "what it will have when the answer comes")
    var torn = first
    torn.deliveries.removeFirst()
    #expect(pull.following(torn, of: size) == nil, "a page that will not be taken")
  }
}
