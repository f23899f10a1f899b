import Exchange
import HTTPTypes
import Ledger
import NIOCore
import PeerSupport
import Synchronization
import Testing

@testable import Node

/// What one peer may ask for at most, over real sockets.
@Suite(.timeLimit(.minutes(5))) struct PeerAllowanceTests {
  @Test func `security T14 a peer that moves too many bytes waits until they are paid for`()
    async throws
  {
    // An hour for a byte: however slow the machine is, what is owed stays owed.
    let allowances = PeerAllowances(bytesPerSecond: 1 / 3_600, bytesBurst: 100)
    try await PeerFixture.run(allowances: allowances) { fixture in
      let other = try TestNode("420300-FY")
      fixture.book.replace([try fixture.asker.record(), try other.record()])
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        // Sent and given back: 80 bytes, then 160 of 100.
        for status in [200, 200, 429] {
          let body = [UInt8](repeating: 7, count: 40)
          try await stream.send(fixture.request(body), body: body)
          let answer = try #require(try await stream.answer())
          #expect(answer.status == status)
          if status == 429 {
            #expect(answer.code == "busy")
            #expect(answer.fields["retry-after"].flatMap { Int($0) }.map { $0 > 3_600 } == true)
          }
        }
      }
      try await RawConnection.open(port: fixture.port, as: other.certificate) { stream in
        try await stream.send(fixture.request(of: other), body: [1, 2, 3])
        #expect(try await stream.answer()?.status == 200)
      }
    }
    var bucket = TokenBucket(perSecond: 10, burst: 50, at: 0)
    bucket.spend(50, at: 0)
    #expect(bucket.debt(at: 0) == nil)
    bucket.spend(20, at: 0)
    #expect(bucket.debt(at: 0) == 2)
    #expect(bucket.debt(at: 2) == nil)
  }

  @Test(
    arguments: [
      HostileKind.oversized, .oversizedUndeclared, .wrongMediaType, .wrongMediaTypeUndeclared,
      .alteredBody,
    ])
  func `security T14 bytes of a body that is refused are paid for like any other`(
    kind: HostileKind
  ) async throws {
    // Two bytes are there, and an hour for each more: the first request owes at least one.
    let allowances = PeerAllowances(bytesPerSecond: 1 / 3_600, bytesBurst: 2)
    try await PeerFixture.run(allowances: allowances) { fixture in
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        let answer = try await kind.play(on: &stream, fixture)
        #expect(answer?.code == kind.code)
      }
      #expect(try await ask(fixture, "/peer/v1/echo")?.code == "busy")
    }
  }

  @Test func `security T14 requests beyond those at once are told to come back`() async throws {
    let doors = Doors()
    try await PeerFixture.run(slowly: { await doors.wait() }) { fixture in
      // A connection carries one request at a time, so each is on its own.
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<Limits.peerConcurrentMax {
          group.addTask { try await ask(fixture, "/peer/v1/slow")?.status ?? 0 }
        }
        try await eventually("all of them are at work") {
          doors.waiting == Limits.peerConcurrentMax
        }
        let refused = try #require(try await ask(fixture, "/peer/v1/slow"))
        #expect(refused.status == 429)
        #expect(refused.code == "busy")
        #expect(refused.fields["retry-after"] == "1")
        doors.open()
        for try await status in group { #expect(status == 204) }
      }
      #expect(try await ask(fixture, "/peer/v1/slow")?.status == 204)
    }
  }

  @Test func `security T14 large answers that nobody reads count as requests under way`()
    async throws
  {
    try await PeerFixture.run { fixture in
      let body = [UInt8](repeating: 7, count: Limits.unreadAnswerBytesMin)
      try await open(Limits.peerConcurrentMax, fixture, body)
      try await eventually("closed connections hold nothing") {
        try await ask(fixture, "/peer/v1/echo", [1])?.status == 200
      }
    }
  }

  /// Opens so many connections one inside the other, each with a large answer.
  private func open(_ more: Int, _ fixture: PeerFixture, _ body: [UInt8]) async throws {
    try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
      try await stream.send(fixture.request(body), body: body)
      #expect(try await stream.answer()?.body.count == body.count)
      guard more > 1 else {
        // One more on a connection of its own has no room; on this one it has.
        #expect(try await ask(fixture, "/peer/v1/echo", body)?.code == "busy")
        try await stream.send(fixture.request(body), body: body)
        #expect(try await stream.answer()?.status == 200)
        return
      }
      try await open(more - 1, fixture, body)
    }
  }

  private func ask(
    _ fixture: PeerFixture, _ path: String, _ body: [UInt8] = [1, 2, 3]
  ) async throws -> RawAnswer? {
    var answer: RawAnswer?
    try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
      try await stream.send(fixture.request(body, path: path), body: body)
      answer = try await stream.answer()
    }
    return answer
  }
}

/// Where requests wait until a test lets them go.
final class Doors: Sendable {
  private struct State {
    var isOpen = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// How many wait.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// Waits until the doors are open.
  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiters.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  /// Lets everybody go, now and later.
  func open() {
    let waiters = state.withLock { state in
      state.isOpen = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}
