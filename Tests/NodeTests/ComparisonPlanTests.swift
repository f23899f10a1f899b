import TestSupport
import Testing

import struct Ledger.AgencyCode

@testable import Node

struct ComparisonPlanTests {
  private static let start = ContinuousClock.now
  private let peers = ["420300-FZB", "420300-JW", "420300-FY"].compactMap { AgencyCode($0) }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `every peer is compared with once a day, a little early or late`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var plan = ComparisonPlan()
    var times: [AgencyCode: [Duration]] = [:]
    let minute = Duration.seconds(60)
    for tick in 0..<(5 * 1_440) {
      let passed = minute * tick
      for (peer, reason) in plan.take(of: peers, at: Self.start + passed, using: &generator) {
        #expect(reason == .daily)
        times[peer, default: []].append(passed)
      }
    }
    #expect(times.keys.sorted() == peers.sorted())
    let day = Limits.comparisonEvery
    for times in times.values {
      #expect(times[0] <= day)
      for (earlier, later) in zip(times, times.dropFirst()) {
        #expect(later - earlier >= day * (1 - Limits.comparisonJitter))
        #expect(later - earlier <= day * (1 + Limits.comparisonJitter) + minute)
      }
      #expect((4...6).contains(times.count))
    }
  }

  @Test func `a liar costs one question a pause, and is asked again`() {
    var generator = SeededGenerator(seed: 1)
    var plan = ComparisonPlan()
    let liar = peers[0]
    func claims(at seconds: Int) -> Int {
      plan.note(liar, .claim)
      return plan.take(of: peers, at: Self.start + .seconds(seconds), using: &generator)
        .count { $0.reason == .claim }
    }
    #expect(claims(at: 0) == 1)
    var meanwhile = 0
    for second in 1..<60 { meanwhile += claims(at: second) }
    #expect(meanwhile == 0)
    #expect(claims(at: 60) == 1)
  }

  @Test func `a new outbox is compared with at once, and the day begins anew`() {
    var generator = SeededGenerator(seed: 2)
    var plan = ComparisonPlan()
    _ = plan.take(of: peers, at: Self.start, using: &generator)
    plan.note(peers[1], .newOutbox)
    let due = plan.take(of: peers, at: Self.start + .seconds(1), using: &generator)
    #expect(due.map(\.peer) == [peers[1]])
    #expect(due.map(\.reason) == [.newOutbox])
    let nextDay = Limits.comparisonEvery * (1 - Limits.comparisonJitter)
    let later = plan.take(of: [peers[1]], at: Self.start + nextDay, using: &generator)
    #expect(later.isEmpty)
  }

  @Test(arguments: [ComparisonReason.regrant, .newOutbox])
  func `grants that let us in again, and new outboxes, cost one comparison a minute`(
    reason: ComparisonReason
  ) {
    var generator = SeededGenerator(seed: 4)
    var plan = ComparisonPlan()
    var seconds: [Int] = []
    for second in 0..<130 {
      plan.note(peers[0], reason)
      let due = plan.take(of: peers, at: Self.start + .seconds(second), using: &generator)
      if due.contains(where: { $0.peer == peers[0] && $0.reason == reason }) {
        seconds.append(second)
      }
    }
    #expect(seconds == [0, 60, 120])
  }

  @Test func `who has left the directory is not compared with`() {
    var generator = SeededGenerator(seed: 3)
    var plan = ComparisonPlan()
    plan.note(peers[2], .newOutbox)
    let without = plan.take(of: [peers[0]], at: Self.start, using: &generator)
    let with = plan.take(of: peers, at: Self.start, using: &generator)
    #expect(without.isEmpty && with.isEmpty)
  }

  @Test func `unknown keys ask for the directory once a pause`() {
    var plan = ComparisonPlan()
    var asked: [Bool] = []
    asked.append(plan.takeUnknownKey(at: Self.start))
    plan.noteUnknownKey()
    asked.append(plan.takeUnknownKey(at: Self.start))
    plan.noteUnknownKey()
    asked.append(plan.takeUnknownKey(at: Self.start + .seconds(1)))
    asked.append(plan.takeUnknownKey(at: Self.start + Limits.claimPause))
    #expect(asked == [false, true, false, true])
  }
}
