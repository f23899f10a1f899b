import Exchange
import HTTPTypes
import Ledger
import PeerSupport
import Testing

@testable import Node

/// Requests for which there is no route pass the same gate as all others.
@Suite(.timeLimit(.minutes(5))) struct UnroutedRequestTests {
  private func unrouted(_ fixture: PeerFixture, isSigned: Bool = true) throws -> HTTPRequest {
    var request = try fixture.request([], path: "/nowhere", method: .get)
    guard !isSigned else { return request }
    request.headerFields[.signature] = nil
    request.headerFields[.signatureInput] = nil
    return request
  }

  @Test func `security T14 a flood of requests without a route is told to wait, not answered`()
    async throws
  {
    // One try in an hour: however slow the machine is, the next request comes too soon.
    let allowances = PeerAllowances(
      requestsPerSecond: 1 / 3_600, burst: 2, unprovedPerSecond: 1 / 3_600, unprovedBurst: 3)
    try await PeerFixture.run(allowances: allowances) { fixture in
      let other = try TestNode("420300-FY")
      fixture.book.replace([try fixture.asker.record(), try other.record()])
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        // What the peer itself signs is counted as its own.
        for code in ["not-found", "not-found", "busy"] {
          try await stream.send(unrouted(fixture), body: [])
          #expect(try await stream.answer()?.code == code)
        }
        // What anybody sends under its certificate is counted against the certificate.
        for code in ["signature", "signature", "signature", "busy", "busy"] {
          try await stream.send(unrouted(fixture, isSigned: false), body: [])
          let answer = try #require(try await stream.answer())
          #expect(answer.code == code)
          #expect(code != "busy" || answer.fields["retry-after"] != nil)
        }
      }
      try await RawConnection.open(port: fixture.port, as: other.certificate) { stream in
        try await stream.send(fixture.request(of: other), body: [1, 2, 3])
        #expect(try await stream.answer()?.status == 200)
      }
      let text = fixture.figures.exposition(gauges: [])
      #expect(text.contains("code=\"not-found\",route=\"none\"} 2"))
      #expect(text.contains("code=\"busy\",route=\"none\"} 3"))
    }
  }

  @Test func `a closing node says so to a request without a route too`() async throws {
    try await PeerFixture.run { fixture in
      fixture.gate.close()
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        try await stream.send(unrouted(fixture), body: [])
        #expect(try await stream.answer()?.code == "unavailable")
      }
    }
  }

  @Test func `a node whose link is cut answers no request without a route`() async throws {
    let link = Link()
    try await PeerFixture.run(link: link) { fixture in
      link.set(isCut: true)
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        try await stream.send(unrouted(fixture), body: [])
        #expect(try await stream.answer() == nil)
      }
      link.set(isCut: false)
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        try await stream.send(unrouted(fixture), body: [])
        #expect(try await stream.answer()?.code == "not-found")
      }
    }
  }
}
