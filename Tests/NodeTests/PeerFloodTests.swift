import Exchange
import HTTPTypes
import Ledger
import NIOCore
import PeerSupport
import Testing

@testable import Node

/// What the holder of an admitted certificate can do to the others: nothing.
@Suite(.timeLimit(.minutes(5))) struct PeerFloodTests {
  @Test func `security T14 a flood of bad signatures is told to wait and another peer is served`()
    async throws
  {
    // One try in an hour: however slow the machine is, the sixth bad request comes too soon.
    let allowances = PeerAllowances(unprovedPerSecond: 1 / 3_600, unprovedBurst: 5)
    try await PeerFixture.run(allowances: allowances) { fixture in
      let other = try TestNode("420300-FY")
      fixture.book.replace([try fixture.asker.record(), try other.record()])
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        // Good requests take nothing of what bad ones may use.
        for _ in 1...10 {
          try await stream.send(fixture.request(), body: [1, 2, 3])
          #expect(try await stream.answer()?.status == 200)
        }
        for (number, kind) in Self.bad.enumerated() {
          let answer = try #require(try await kind.play(on: &stream, fixture))
          #expect(answer.code == (number < 5 ? kind.code : "busy"), "\(number): \(kind)")
          #expect(number < 5 || answer.status == 429)
          #expect(number < 5 || answer.fields["retry-after"] != nil)
        }
      }
      try await RawConnection.open(port: fixture.port, as: other.certificate) { stream in
        try await stream.send(fixture.request(of: other), body: [1, 2, 3])
        #expect(try await stream.answer()?.status == 200)
      }
      #expect(fixture.asked.count == 11)
    }
  }

  @Test func `a request in another's name is counted against the certificate it came under`()
    async throws
  {
    let allowances = PeerAllowances(unprovedPerSecond: 1 / 3_600, unprovedBurst: 2)
    try await PeerFixture.run(allowances: allowances) { fixture in
      let other = try TestNode("420300-FY")
      fixture.book.replace([try fixture.asker.record(), try other.record()])
      try await RawConnection.open(port: fixture.port, as: other.certificate) { stream in
        for code in ["key-unknown", "key-unknown", "busy"] {
          try await stream.send(fixture.request(), body: [1, 2, 3])
          #expect(try await stream.answer()?.code == code)
        }
      }
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        try await stream.send(fixture.request(), body: [1, 2, 3])
        #expect(try await stream.answer()?.status == 200)
      }
    }
  }

  @Test func `security T14 a flood of joins keeps no member's suspension out`() async throws {
    let allowances = PeerAllowances(joinsPerMinute: 1 / 60, joinsBurst: 2)
    try await PeerFixture.run(allowances: allowances) { fixture in
      let store = MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
      let member = WorldNode(try TestNode("420300-FY"), store: store)
      fixture.book.replace([try fixture.asker.record(), try member.node.record()])
      // A member uses up what is its own, and strangers what they share.
      fixture.book.set(openInvitations: 1)
      let strangers = [try TestNode("420300-XC"), try TestNode("420300-XC")]
      let floods = [
        [fixture.asker, fixture.asker, fixture.asker], [strangers[0], strangers[1], strangers[0]],
      ]
      for flood in floods {
        for (node, code) in zip(flood, ["malformed", "malformed", "busy"]) {
          try await RawConnection.open(port: fixture.port, as: node.certificate) { stream in
            let request = try fixture.request(
              path: "/peer/v1/join", mediaType: PeerRoute.protobuf, of: node)
            try await stream.send(request, body: [1, 2, 3])
            #expect(try await stream.answer()?.code == code)
          }
        }
      }
      let endpoint = PeerEndpoint("https://127.0.0.1:\(fixture.port)")
      member.book.replace([try fixture.server.record(endpoint: endpoint)])
      let session = try #require(
        await member.synchronizer.session(with: fixture.server.agency))
      let request = ParticularsRequest.encoded(
        try member.particulars(port: nil), entry: member.entry,
        key: member.node.key.publicKey, isSample: true)
      let isTaken = try? await session.bring(request)
      await member.clients.closeAll()
      #expect(isTaken == true, "also when it is told to come back first")
      #expect(fixture.asked.count == 2)
    }
  }

  @Test func `security T1 of one request sent on many connections at once one is taken`()
    async throws
  {
    try await PeerFixture.run { fixture in
      let request = try fixture.request()
      let codes = try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<16 {
          group.addTask {
            var answer: RawAnswer?
            try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) {
              stream in
              try await stream.send(request, body: [1, 2, 3])
              answer = try await stream.answer()
            }
            return try #require(answer).code
          }
        }
        return try await group.reduce(into: [String?]()) { $0.append($1) }
      }
      #expect(codes.count { $0 == nil } == 1)
      #expect(codes.count { $0 == "replay" } == 15)
      #expect(fixture.asked.count == 1)
    }
  }

  /// What is refused for its head, twice over.
  private static let bad: [HostileKind] =
    [.unsigned, .wrongKey, .unknownKey, .stale, .wrongDestination, .garbledSignature, .alteredPath]
}
