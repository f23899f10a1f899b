import Exchange
import HTTPTypes
import Ledger
import NIOCore
import PeerSupport
import Testing

@testable import Node

/// The ways in which a request can be wrong, each with the code it must get.
enum HostileKind: String, CaseIterable {
  case unsigned, garbledSignature, wrongKey, unknownKey, alteredPath, alteredBody, stale
  case wrongDestination, replayed, oversized, oversizedUndeclared, wrongMediaType, truncated
  case wrongMediaTypeUndeclared, noDigest, garbage, unrouted

  /// The problem code; nil when the connection ends without one.
  var code: String? {
    switch self {
    case .unsigned, .wrongKey, .alteredPath: "signature"
    case .garbledSignature, .alteredBody, .noDigest: "malformed"
    case .unknownKey: "key-unknown"
    case .stale: "signature-expired"
    case .wrongDestination: "destination"
    case .replayed: "replay"
    case .oversized, .oversizedUndeclared: "too-large"
    case .wrongMediaType, .wrongMediaTypeUndeclared: "media-type"
    case .unrouted: "not-found"
    case .truncated, .garbage: nil
    }
  }

  /// Sends such a request and returns the answer; nil when the connection ended instead.
  func play(
    on stream: inout RawConnection.Stream, _ fixture: PeerFixture
  ) async throws -> RawAnswer? {
    let body: [UInt8] = [1, 2, 3]
    var request = try fixture.request(body)
    switch self {
    case .unsigned:
      request.headerFields[.signature] = nil
      request.headerFields[.signatureInput] = nil
    case .garbledSignature: request.headerFields[.signature] = "sig1=:AAAA:"
    case .wrongKey: request = try forged(request, fixture, body)
    case .unknownKey:
      let other = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
      request = try fixture.request(body, key: other)
    case .alteredPath: request.path = "/peer/v1/echo?more"
    case .alteredBody: return try await send(request, [1, 2, 4], on: &stream)
    case .stale: request = try fixture.request(body, at: TransportTime.system.seconds - 100)
    case .wrongDestination:
      request = try fixture.request(body, destination: AgencyCode("420300-XC"))
    case .replayed:
      let first = try await send(request, body, on: &stream)
      #expect(first?.status == 200)
    case .oversized:
      let large = [UInt8](repeating: 7, count: PeerFixture.echoBytesMax + 1)
      return try await send(try fixture.request(large), large, on: &stream)
    case .oversizedUndeclared:
      let large = [UInt8](repeating: 7, count: PeerFixture.echoBytesMax + 1)
      return try await sendChunked(try fixture.request(large), large, on: &stream)
    case .wrongMediaTypeUndeclared:
      let plain = try fixture.request(body, mediaType: "text/plain")
      return try await sendChunked(plain, body, on: &stream)
    case .wrongMediaType: request = try fixture.request(body, mediaType: "text/plain")
    case .truncated:
      request = try fixture.request([UInt8](repeating: 1, count: 100))
      try await stream.send(request, body: body)
      stream.outbound.finish()
      let answer = try await stream.answer()
      return answer?.code == "malformed" ? nil : answer
    case .unrouted: request = try fixture.request(body, path: "/peer/v1/nothing")
    case .noDigest: request.headerFields[.contentDigest] = nil
    case .garbage:
      try await stream.send([UInt8](repeating: 0xFF, count: 300))
      let answer = try await stream.answer()
      #expect(answer == nil || answer?.status == 400)
      return answer
    }
    return try await send(request, body, on: &stream)
  }

  private func send(
    _ request: HTTPRequest, _ body: [UInt8], on stream: inout RawConnection.Stream
  ) async throws -> RawAnswer? {
    try await stream.send(request, body: body)
    return try await stream.answer()
  }

  /// Sends the body as one chunk, without its length.
  private func sendChunked(
    _ request: HTTPRequest, _ body: [UInt8], on stream: inout RawConnection.Stream
  ) async throws -> RawAnswer? {
    var request = request
    request.headerFields[.contentLength] = nil
    request.headerFields[.transferEncoding] = "chunked"
    let chunk = Array("\(String(body.count, radix: 16))\r\n".utf8) + body
    return try await send(request, chunk + Array("\r\n0\r\n\r\n".utf8), on: &stream)
  }

  /// Names the right key but is signed with another one.
  private func forged(
    _ request: HTTPRequest, _ fixture: PeerFixture, _ body: [UInt8]
  ) throws -> HTTPRequest {
    let other = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
    var forged = try fixture.request(body, key: other)
    let right = KeyReference(agency: fixture.asker.agency, key: fixture.asker.key.keyID)
    let wrong = KeyReference(agency: fixture.asker.agency, key: other.keyID)
    forged.headerFields[.signatureInput] = forged.headerFields[.signatureInput]?
      .replacing(wrong.digits, with: right.digits)
    return forged
  }
}
