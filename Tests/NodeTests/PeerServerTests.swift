import Exchange
import HTTPTypes
import Ledger
import NIOCore
import NIOSSL
import PeerSupport
import Testing

@testable import Node

@Suite(.timeLimit(.minutes(5))) struct PeerServerTests {
  @Test func `a signed request is answered and both signatures hold`() async throws {
    try await PeerFixture.run { fixture in
      try await fixture.withClient(fixture.asker.client(to: fixture.server, port: fixture.port)) {
        client in
        let reply = try await client.send(
          .post, "/peer/v1/echo?a=b", mediaType: PeerRoute.bytes, body: [1, 2, 3])
        guard case .answered(PeerRoute.bytes, [1, 2, 3]) = reply else {
          Issue.record("\(reply)")
          return
        }
      }
      #expect(fixture.asked.count == 1)
    }
  }

  @Test func `a refusal is signed, and forbidden and unknown are equal byte for byte`() async throws
  {
    try await PeerFixture.run { fixture in
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        var bodies: Set<[UInt8]> = []
        var statuses: Set<Int> = []
        for path in ["/peer/v1/hidden", "/peer/v1/nothing", "/nowhere", "/peer/v1/echo"] {
          let request = try fixture.request([], path: path, method: .get)
          try await stream.send(request, body: [])
          let answer = try #require(try await stream.answer())
          bodies.insert(answer.body)
          statuses.insert(answer.status)
          #expect(answer.fields["signature"] != nil)
          #expect(answer.fields["content-type"] == "application/problem+json")
        }
        #expect(bodies == [Problem(.notFound).json])
        #expect(statuses == [404])
      }
    }
  }

  @Test func `each kind of hostile request gets its own code`() async throws {
    try await PeerFixture.run { fixture in
      for kind in HostileKind.allCases where kind != .truncated {
        try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
          let answer = try await kind.play(on: &stream, fixture)
          #expect(answer?.code == kind.code, "\(kind)")
          if let answer {
            #expect((400..<500).contains(answer.status), "\(kind)")
          }
        }
      }
      #expect(fixture.asked.count == 1, "only the first sending of the replayed one gets through")
    }
  }

  @Test func `a request that never becomes whole is refused when its time is over`() async throws {
    // Only here: the others are to get their own codes however slow the machine is.
    var times = SocketTimes()
    times.request = .seconds(1)
    try await PeerFixture.run(times: times) { fixture in
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        let answer = try await HostileKind.truncated.play(on: &stream, fixture)
        #expect(answer == nil)
      }
      #expect(fixture.asked.count == 0)
    }
  }

  @Test func `a clock three days wrong stops nothing`() async throws {
    for ahead in [Int64(3), -3] {
      try await PeerFixture.run(time: .system(aheadBy: ahead * 86_400)) { fixture in
        try await fixture.withClient(fixture.asker.client(to: fixture.server, port: fixture.port)) {
          client in
          let reply = try await client.send(
            .post, "/peer/v1/echo", mediaType: PeerRoute.bytes, body: [7])
          guard case .answered(_, [7]) = reply else {
            Issue.record("\(reply)")
            return
          }
          #expect(abs(client.clockOffset.seconds - ahead * 86_400) <= 5)
          let difference = try #require(client.clockDifference)
          #expect(abs(difference.seconds - ahead * 86_400) <= 5)
          #expect(difference.isFlagged)
          // Known by now: one request, not two.
          _ = try await client.send(.post, "/peer/v1/echo", mediaType: PeerRoute.bytes, body: [8])
        }
        #expect(fixture.asked.count == 2)
        let text = fixture.figures.exposition(gauges: [])
        #expect(text.contains("code=\"signature-expired\",route=\"/peer/v1/echo\"} 1"))
      }
    }
  }

  @Test func `a certificate that nobody has published is refused`() async throws {
    try await PeerFixture.run { fixture in
      let stranger = try TestNode("420300-JW")
      try await RawConnection.open(port: fixture.port, as: stranger.certificate) { stream in
        await #expect(throws: (any Error).self) {
          try await stream.send(fixture.request(), body: [1, 2, 3])
          if try await stream.answer() == nil { throw ChannelError.eof }
        }
      }
      try await RawConnection.open(port: fixture.port, as: nil) { stream in
        await #expect(throws: (any Error).self) {
          try await stream.send(fixture.request(), body: [1, 2, 3])
          if try await stream.answer() == nil { throw ChannelError.eof }
        }
      }
      #expect(fixture.asked.count == 0)
    }
  }

  @Test func `a peer cannot sign for another over its own certificate`() async throws {
    try await PeerFixture.run { fixture in
      let other = try TestNode("420300-FY")
      fixture.book.replace([try fixture.asker.record(), try other.record()])
      try await RawConnection.open(port: fixture.port, as: other.certificate) { stream in
        try await stream.send(fixture.request(), body: [1, 2, 3])
        #expect(try await stream.answer()?.code == "key-unknown")
      }
      #expect(fixture.asked.count == 0)
    }
  }

  @Test func `a server with another certificate gets no request`() async throws {
    try await PeerFixture.run { fixture in
      let wrong = try TestNode("420300-FZB").certificate.pin()
      try await fixture.withClient(
        fixture.asker.client(to: fixture.server, port: fixture.port, pin: wrong)
      ) { client in
        let error = await #expect(throws: NodeError.self) {
          try await client.send(.post, "/peer/v1/echo", mediaType: PeerRoute.bytes, body: [1])
        }
        #expect(error?.code == .peerUnreachable)
        #expect(error?.words == "reach.pin")
        #expect(error?.message.contains("pin mismatch") == true)
      }
      #expect(fixture.figures.exposition(gauges: []).contains("route=") == false)
    }
  }

  @Test func `an answer is taken up to what its question may bring`() async throws {
    try await PeerFixture.run { fixture in
      try await fixture.withClient(fixture.asker.client(to: fixture.server, port: fixture.port)) {
        client in
        let error = await #expect(throws: NodeError.self) {
          try await client.send(
            .get, "/peer/v1/large", answerMax: Exchange.Limits.reconcileFrameBytesMax)
        }
        #expect(error?.code == .peerAnswer)
        #expect(error?.words == "reach.unusable")
        guard case .answered(_, let body) = try await client.send(.get, "/peer/v1/large") else {
          Issue.record("refused")
          return
        }
        #expect(body.count == 32 << 20)
      }
    }
  }

  @Test func `an answer under an unknown key is not believed`() async throws {
    try await PeerFixture.run { fixture in
      let other = try TestNode("420300-FZB").key.verificationKey
      try await fixture.withClient(
        fixture.asker.client(to: fixture.server, port: fixture.port, knowing: other)
      ) { client in
        let error = await #expect(throws: NodeError.self) {
          try await client.send(.post, "/peer/v1/echo", mediaType: PeerRoute.bytes, body: [1])
        }
        #expect(error?.code == .peerAnswer)
      }
    }
  }

  @Test func `TLS 1-2 is refused`() async throws {
    try await PeerFixture.run { fixture in
      await #expect(throws: (any Error).self) {
        try await RawConnection.open(
          port: fixture.port, as: fixture.asker.certificate, version: .tlsv12
        ) { stream in
          try await stream.send(fixture.request(), body: [1, 2, 3])
          if try await stream.answer() == nil { throw ChannelError.eof }
        }
      }
    }
  }

  @Test func `a renewed certificate serves without a restart`() async throws {
    try await PeerFixture.run { fixture in
      let renewed = try TransportCertificate.generate(name: "420300-FZB")
      try fixture.server.transport.reload(renewed)
      try await fixture.withClient(
        fixture.asker.client(to: fixture.server, port: fixture.port, pin: renewed.pin())
      ) { client in
        let reply = try await client.send(
          .post, "/peer/v1/echo", mediaType: PeerRoute.bytes, body: [1])
        guard case .answered = reply else {
          Issue.record("\(reply)")
          return
        }
      }
    }
  }

  @Test func `who dawdles is shed`() async throws {
    var times = SocketTimes()
    times.firstRequest = .milliseconds(200)
    times.request = .milliseconds(200)
    try await PeerFixture.run(times: times) { fixture in
      // Nothing at all, half a head, half a body: each connection ends by itself.
      let request = try fixture.request(Array(repeating: 1, count: 100))
      for bytes in [
        [], Array(RawConnection.bytes(of: request).prefix(40)),
        RawConnection.bytes(of: request) + [1, 2, 3],
      ] as [[UInt8]] {
        // It may be shed even while it writes; that is no failure.
        try? await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
          try await stream.send(bytes)
          let answer = try await stream.answer()
          #expect(answer == nil || answer?.code == "malformed")
        }
      }
      #expect(fixture.asked.count == 0)
    }
  }

  @Test func `a peer that asks too fast is told when to come back`() async throws {
    // One token in an hour: however slow the machine is, the sixth request comes too soon.
    let allowances = PeerAllowances(requestsPerSecond: 1 / 3_600, burst: 5)
    try await PeerFixture.run(allowances: allowances) { fixture in
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        for number in 1...6 {
          try await stream.send(fixture.request(), body: [1, 2, 3])
          let answer = try #require(try await stream.answer())
          #expect(answer.status == (number <= 5 ? 200 : 429))
          #expect(answer.code == (number <= 5 ? nil : "busy"))
          if number == 6 { #expect(answer.fields["retry-after"] != nil) }
        }
      }
      var bucket = TokenBucket(perSecond: 10, burst: 5, at: 0)
      for _ in 0..<5 { #expect(bucket.take(at: 0) == nil) }
      #expect(bucket.take(at: 0) == 0.1)
      #expect(bucket.take(at: 0.1) == nil)
      #expect(bucket.take(at: 100) == nil)
    }
  }

  @Test func `a peer with too many connections is told that it is busy, and one less will do`()
    async throws
  {
    try await PeerFixture.run { fixture in
      func open(_ more: Int) async throws -> [String?] {
        guard more > 0 else { return [] }
        var codes: [String?] = []
        try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
          try await stream.send(fixture.request(), body: [1, 2, 3])
          codes = [try #require(try await stream.answer()).code]
          codes += try await open(more - 1)
        }
        return codes
      }
      let codes = try await open(Limits.connectionsFromPeerMax + 1)
      #expect(codes.dropLast().allSatisfy { $0 == nil })
      #expect(codes.last == .some("busy"))
      // Their connections are closed by now, or will be in a moment.
      try await eventually("there is room again") { try await open(1) == [nil] }
    }
  }

  @Test func `a closing node says so`() async throws {
    try await PeerFixture.run { fixture in
      fixture.gate.close()
      try await fixture.withClient(fixture.asker.client(to: fixture.server, port: fixture.port)) {
        client in
        let reply = try await client.send(
          .post, "/peer/v1/echo", mediaType: PeerRoute.bytes, body: [1])
        guard case .refused("unavailable", 503, 5?) = reply else {
          Issue.record("\(reply)")
          return
        }
      }
    }
  }
}
