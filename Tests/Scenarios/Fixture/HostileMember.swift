import Exchange
import FoundationEssentials
import HTTPTypes
import Ledger
import PeerSupport
import Testing

@testable import Node

/// A member of the directory whose key and certificate a test holds, and what it may send.
struct HostileMember: Sendable {
  let agency: AgencyCode
  let key: SigningKey
  let certificate: TransportCertificate
  let target: AgencyCode
  let port: Int

  /// Takes the key and the certificate of a node that does not run.
  init(_ node: RealNode, against target: RealNode) throws {
    func text(_ file: String) throws -> String {
      try String(contentsOfFile: "\(node.directory)/keys/\(file)", encoding: .utf8)
    }
    agency = try #require(AgencyCode(node.code))
    self.target = try #require(AgencyCode(target.code))
    port = target.peerPort
    key = try AgencyKeyFile.key(pem: try text("agency.pem"), path: "agency.pem")
    certificate = TransportCertificate(
      keyPEM: try text("tls.pem"), certificatePEM: try text("tls.crt"))
  }

  /// A signed request that only its content or its signature may make wrong.
  func request(
    _ body: [UInt8], to path: String = "/peer/v1/fetch", as mediaType: String = PeerRoute.protobuf,
    method: HTTPRequest.Method = .post, range: AttachmentRange? = nil, key: SigningKey? = nil,
    destination: AgencyCode? = nil, at now: Int64 = TransportTime.system.seconds
  ) throws -> HTTPRequest {
    var request = HTTPRequest(
      method: method, scheme: "https", authority: "127.0.0.1:\(port)", path: path)
    request.headerFields[.contentType] = mediaType
    request.headerFields[.contentLength] = "\(body.count)"
    request.headerFields[.range] = range?.field
    let signer = RequestSigner(
      agency: agency, key: key ?? self.key, destination: destination ?? target)
    let nonce = Hex.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    return try #require(signer.sign(request, content: body, at: now, nonce: nonce))
  }
}

/// The ways in which what a member sends can be wrong, each with the code it must get.
enum HostileRequest: String, CaseIterable, Sendable {
  // Refused by the head alone, before the member's allowance is touched.
  case unsigned, garbledSignature, wronglySigned, forgedKey, unknownKey, stale, misdirected
  case replayed, noDigest, garbage
  // Refused by the body or by what it says.
  case alteredBody, wrongMediaType, oversized, oversizedUndeclared, truncated, garbledPage
  case garbledFetch, garbledReconcile, foreignReceipt

  /// Those that take from what the member's certificate has for requests that prove nothing.
  static let byHead = Array(allCases.prefix { $0 != .alteredBody })
  /// Those that take from the allowance of the member: a hundred a second.
  static let byBody = Array(allCases.drop { $0 != .alteredBody })

  /// The problem's code; nil when the connection may end without one.
  var code: String? {
    switch self {
    case .unsigned, .wronglySigned, .forgedKey: "signature"
    case .garbledSignature, .noDigest, .alteredBody, .garbledPage, .garbledFetch,
      .garbledReconcile, .foreignReceipt:
      "malformed"
    case .unknownKey: "key-unknown"
    case .stale: "signature-expired"
    case .misdirected: "destination"
    case .replayed: "replay"
    case .wrongMediaType: "media-type"
    case .oversized, .oversizedUndeclared: "too-large"
    case .truncated, .garbage: nil
    }
  }

  /// Whether the connection is of no use after it.
  var endsConnection: Bool { self == .truncated || self == .garbage || self == .oversized }

  /// The bytes of one such request.
  func bytes(of member: HostileMember) throws -> [UInt8] {
    if self == .garbage { return [UInt8](repeating: 0xFF, count: 300) }
    let (request, body) = try request(of: member)
    return RawConnection.bytes(of: request) + body
  }

  private func request(of member: HostileMember) throws -> (HTTPRequest, [UInt8]) {
    let junk = (0..<200).map { _ in UInt8.random(in: .min ... .max) }
    let stranger = try #require(SigningKey(rawRepresentation: Array(junk.prefix(32))))
    switch self {
    case .unsigned:
      var request = try member.request(junk)
      request.headerFields[.signature] = nil
      request.headerFields[.signatureInput] = nil
      return (request, junk)
    case .garbledSignature:
      var request = try member.request(junk)
      request.headerFields[.signature] = "sig1=:AAAA:"
      return (request, junk)
    case .wronglySigned:
      var request = try member.request(junk)
      request.path = "/peer/v1/receipts"
      return (request, junk)
    case .forgedKey:
      // It names the right key and is signed with another one.
      var request = try member.request(junk, key: stranger)
      let right = KeyReference(agency: member.agency, key: member.key.keyID)
      let wrong = KeyReference(agency: member.agency, key: stranger.keyID)
      request.headerFields[.signatureInput] = request.headerFields[.signatureInput]?
        .replacing(wrong.digits, with: right.digits)
      return (request, junk)
    case .unknownKey: return (try member.request(junk, key: stranger), junk)
    case .stale:
      return (try member.request(junk, at: TransportTime.system.seconds - 1_000), junk)
    case .misdirected: return (try member.request(junk, destination: member.agency), junk)
    case .noDigest:
      var request = try member.request(junk)
      request.headerFields[.contentDigest] = nil
      return (request, junk)
    case .alteredBody: return (try member.request(junk), Array(junk.reversed()))
    case .wrongMediaType:
      return (try member.request(junk, to: "/peer/v1/fetch", as: "text/plain"), junk)
    case .oversized, .oversizedUndeclared: return try oversized(member)
    case .truncated:
      var request = try member.request(junk)
      request.headerFields[.contentLength] = "\(junk.count + 100)"
      return (request, junk)
    case .garbledPage:
      return (try member.request(junk, to: "/peer/v1/deliveries", as: PeerRoute.protobuf), junk)
    case .garbledFetch, .replayed, .garbage: return (try member.request(junk), junk)
    case .garbledReconcile:
      // The right version and then no varint at all: another version would be answered by ours.
      let broken = [0x61] + [UInt8](repeating: 0xFF, count: 20)
      return (try member.request(broken, to: "/peer/v1/reconcile", as: PeerRoute.bytes), broken)
    case .foreignReceipt: return try receipt(member, stranger)
    }
  }

  private func oversized(_ member: HostileMember) throws -> (HTTPRequest, [UInt8]) {
    let large = [UInt8](repeating: 7, count: Exchange.Limits.receiptBytesMax + 1)
    var request = try member.request(large, to: "/peer/v1/receipts", as: PeerRoute.protobuf)
    guard self == .oversizedUndeclared else { return (request, large) }
    request.headerFields[.contentLength] = nil
    request.headerFields[.transferEncoding] = "chunked"
    let chunk = Array("\(String(large.count, radix: 16))\r\n".utf8) + large
    return (request, chunk + Array("\r\n0\r\n\r\n".utf8))
  }

  private func receipt(
    _ member: HostileMember, _ stranger: SigningKey
  ) throws -> (HTTPRequest, [UInt8]) {
    let receipt = SignedObject(
      signing: Receipt(
        signer: member.agency, key: member.key.keyID, destination: member.target,
        outbox: try #require(OutboxID([UInt8](repeating: 1, count: 16))), number: 1,
        runningHash: .sha256([1]), storedAt: TransportTime.systemTimestamp), with: stranger)
    let body = LawfulForm.encode(receipt.wire)
    return (try member.request(body, to: "/peer/v1/receipts", as: PeerRoute.protobuf), body)
  }
}
