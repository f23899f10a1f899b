import Exchange
import HTTPTypes
import Ledger
import Office
import Testing

@testable import Node

/// What other nodes rely on, written out: renaming it must fail here, not in an agency.
@Suite struct PeerContractTests {
  private func desk() throws -> PeerDesk<MemoryStore> {
    WorldNode(
      try TestNode("420300-FZB"),
      store: MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
    ).desk
  }

  @Test func `the routes of the peer protocol are these`() throws {
    #expect(
      Set(try desk().routes.map { "\($0.method.rawValue) \($0.path)" }) == [
        "POST /peer/v1/join", "GET /peer/v1/info", "GET /peer/v1/deliveries",
        "POST /peer/v1/deliveries", "POST /peer/v1/receipts", "POST /peer/v1/fetch",
        "GET /peer/v1/attachments/{change}/{part}/{position}", "POST /peer/v1/reconcile",
      ])
    #expect(PeerRoute.bytes == "application/octet-stream")
  }

  @Test func `the problems and their statuses are these`() throws {
    let statuses = [
      "malformed": 400, "signature": 401, "key-unknown": 401, "signature-expired": 401,
      "destination": 421, "replay": 409, "not-found": 404, "too-large": 413, "media-type": 415,
      "busy": 429, "unavailable": 503, "internal": 500,
    ]
    #expect(Set(Problem.Code.allCases.map(\.rawValue)) == Set(statuses.keys))
    for code in Problem.Code.allCases {
      #expect(code.status.code == statuses[code.rawValue])
      let problem = try JSONValue(parsing: Problem(code).json)
      #expect(problem["code"] == .string(code.rawValue))
      #expect(
        problem["type"] == .string("https://guantong.example/problems/\(code.rawValue)"))
      #expect(problem["status"] == .integer(Int64(code.status.code)))
    }
    #expect(Problem.mediaType == "application/problem+json")
  }

  @Test func `info says the version, the agency and the formats`() async throws {
    let route = try #require(try desk().routes.first { $0.path == "/peer/v1/info" })
    let answer = try await route.answer(
      PeerRequest(
        agency: try #require(AgencyCode("420300-JW")), isWithdrawn: false,
        head: HTTPRequest(method: .get, scheme: "https", authority: "x", path: "/peer/v1/info"),
        query: [:], body: []))
    #expect(answer.mediaType == "application/json")
    let info = try JSONValue(parsing: answer.body)
    #expect(info["schema"] == .string("guantong.info/v1"))
    #expect(info["agency"] == .string("420300-FZB"))
    #expect(info["version"] == .string("0.1.0"))
    #expect(info["commit"] == .string("test"))
    #expect(info["formats"] == .array([.integer(1)]))
    #expect(info["peer_protocol"] == .integer(1))
  }

  @Test func `what a signature covers and how a key is named are these`() throws {
    let key = try #require(SigningKey(rawRepresentation: [UInt8](repeating: 7, count: 32)))
    let agency = try #require(AgencyCode("420300-JW"))
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: "h:1", path: "/peer/v1/fetch?a=b")
    request.headerFields[.contentLength] = "0"
    let signed = try #require(
      RequestSigner(agency: agency, key: key, destination: agency)
        .sign(request, content: [], at: 1_700_000_000, nonce: String(repeating: "0", count: 32)))
    let input = try #require(signed.headerFields[.signatureInput])
    #expect(
      input.hasPrefix(
        #"sig1=("@method" "@authority" "@path" "@query" "content-digest" "guantong-destination");"#
      ))
    #expect(input.contains("keyid=\"420300-JW/\(key.keyID.hex.prefix(16))\""))
    #expect(signed.headerFields[.contentDigest]?.hasPrefix("sha-256=:") == true)
    let answer = try #require(
      ResponseSigner(agency: agency, key: key)
        .sign(HTTPResponse(status: .ok), content: [], to: signed, at: 1_700_000_000))
    #expect(
      answer.headerFields[.signatureInput]?.hasPrefix(
        #"sig1=("@status" "content-digest" "guantong-source" "signature";req);"#) == true)
  }
}
