import Exchange
import Foundation
import HTTPTypes
import Ledger
import Testing

/// The vector files beside the tests.
enum Vectors {
  /// Decodes `Vectors/<name>.json`.
  static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Vectors"))
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }
}

extension AgencyCode {
  /// The agency that answers in the vectors.
  static var fzb: AgencyCode { agency("420300-FZB") }
  /// The agency that asks.
  static var jw: AgencyCode { agency("420300-JW") }

  private static func agency(_ text: String) -> AgencyCode {
    guard let code = AgencyCode(text) else { preconditionFailure("a constant code") }
    return code
  }
}

/// Requests and responses signed by an independent program.
struct ContractVectors: Decodable {
  struct Exchange: Decodable {
    let method: String
    let authority: String
    let path: String
    let body: String
    let created: Int64
    let nonce: String
    let requestInput: String
    let requestSignature: String
    let contentDigest: String
    let status: Int
    let answer: String
    let answeredAt: Int64
    let responseInput: String
    let responseSignature: String

    var unsignedRequest: HTTPRequest {
      HTTPRequest(
        method: .init(method) ?? .get, scheme: "https", authority: authority, path: path)
    }

    func bytes(_ hex: String) throws -> [UInt8] {
      try #require(Hex.decode(hex))
    }
  }

  static let asker = AgencyCode.jw

  let askerSeed: String
  let responderSeed: String
  let exchanges: [Exchange]

  func keys() throws -> (asker: SigningKey, responder: SigningKey) {
    let seeds = try [askerSeed, responderSeed].map { try #require(Hex.decode($0)) }
    return (
      try #require(SigningKey(rawRepresentation: seeds[0])),
      try #require(SigningKey(rawRepresentation: seeds[1]))
    )
  }
}

/// One request of 420300-JW to 420300-FZB and what can be asked about it.
struct SignedExchange {
  let asker: SigningKey
  let responder: SigningKey
  let now: Int64 = 1_790_000_000
  let nonce = "00112233445566778899aabbccddeeff"
  let content = Array("what is asked".utf8)
  let unsigned = HTTPRequest(
    method: .post, scheme: "https", authority: "127.0.0.1:8401", path: "/peer/v1/fetch")
  private(set) var request: HTTPRequest

  init() throws {
    (asker, responder) = try Vectors.read(ContractVectors.self, "signatures-contract").keys()
    request = unsigned
    request = try makeRequest(nonce: nonce)
  }

  func makeRequest(nonce: String) throws -> HTTPRequest {
    try #require(
      RequestSigner(agency: .jw, key: asker, destination: .fzb).sign(
        unsigned, content: content, at: now, nonce: nonce))
  }

  func answer(_ content: [UInt8]) throws -> HTTPResponse {
    try #require(
      ResponseSigner(agency: .fzb, key: responder).sign(
        HTTPResponse(status: .ok), content: content, to: request, at: now + 1))
  }

  func judge(_ request: HTTPRequest, _ nonces: inout NonceMemory) -> RequestVerdict {
    SignedRequestVerifier(destination: .fzb).judge(
      request, at: now, remember: { nonces.insert($0, by: $1, until: $2, at: now) }
    ) { _ in asker.verificationKey }
  }

  func judge(
    _ request: HTTPRequest, at time: Int64? = nil, as destination: AgencyCode = .fzb
  ) -> RequestVerdict {
    judge(request, at: time, as: destination, knowing: asker.verificationKey)
  }

  func judge(
    _ request: HTTPRequest, at time: Int64? = nil, as destination: AgencyCode = .fzb,
    knowing key: VerificationKey?
  ) -> RequestVerdict {
    var nonces = NonceMemory()
    return SignedRequestVerifier(destination: destination).judge(
      request, at: time ?? now,
      remember: { nonces.insert($0, by: $1, until: $2, at: time ?? now) }
    ) { _ in key }
  }

  func judge(_ response: HTTPResponse, _ content: [UInt8], to request: HTTPRequest)
    -> ResponseVerdict
  {
    SignedResponseVerifier.judge(response, content: content, to: request, from: .fzb) { _ in
      responder.verificationKey
    }
  }

  func isVerified(_ verdict: RequestVerdict) -> Bool {
    if case .verified = verdict { true } else { false }
  }
}
