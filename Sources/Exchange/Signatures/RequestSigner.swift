package import HTTPTypes
package import Ledger
import RawStructuredFieldValues

/// Signs the requests of one agency to one destination.
///
/// ```
/// let signer = RequestSigner(agency: us, key: key, destination: peer)
/// let signed = signer.sign(request, content: body, at: now, nonce: nonce)
/// ```
/// `now` is the *receiver's* time: the caller adds the peer's ``ClockOffset``. The nonce comes from
/// the caller too, because this value has no source of randomness.
package struct RequestSigner: Sendable {
  /// What a request's signature covers, in this order.
  package static let components = [
    SignatureComponent("@method"), SignatureComponent("@authority"), SignatureComponent("@path"),
    SignatureComponent("@query"), SignatureComponent("content-digest"),
    SignatureComponent("guantong-destination"),
  ]

  /// What the signature of a request covers: the components, and its range when it asks for one.
  package static func components(of request: HTTPRequest) -> [SignatureComponent] {
    components + (request.headerFields[.range] == nil ? [] : [SignatureComponent("range")])
  }

  private let agency: AgencyCode
  private let key: SigningKey
  private let destination: AgencyCode

  /// Makes the signer.
  package init(agency: AgencyCode, key: SigningKey, destination: AgencyCode) {
    self.agency = agency
    self.key = key
    self.destination = destination
  }

  /// Returns the request with its digest, destination and signature fields.
  ///
  /// - Parameters:
  ///   - request: the request; its authority and path must be what goes over the wire.
  ///   - content: the whole body.
  ///   - now: seconds since 1970 by the receiver's clock.
  ///   - nonce: fresh random text of 16…64 ASCII characters.
  /// - Returns: the request to send; nil when it lacks an authority.
  package func sign(
    _ request: HTTPRequest, content: [UInt8], at now: Int64, nonce: String
  ) -> HTTPRequest? {
    var request = request
    request.headerFields[.contentDigest] = ContentDigest(of: content).fieldValue
    request.headerFields[.guantongDestination] = destination.rawValue
    request.headerFields[.signatureInput] = nil
    request.headerFields[.signature] = nil
    let fields = MessageSignature.fields(
      over: .request(request), covering: Self.components(of: request),
      parameters: [
        "created": .integer(now),
        "expires": .integer(now + Limits.signatureLifeSecondsMax),
        "nonce": .string(nonce),
        "keyid": .string(KeyReference(agency: agency, key: key.keyID).description),
        "alg": .string("ed25519"),
      ], key: key)
    guard let fields else { return nil }
    request.headerFields[.signatureInput] = fields.input
    request.headerFields[.signature] = fields.signature
    return request
  }
}

/// Signs the responses of one agency.
package struct ResponseSigner: Sendable {
  /// What a response's signature covers, in this order.
  ///
  /// The request's own signature ties the answer to the question. A refusal of an unsigned
  /// request leaves the last one out.
  package static let components = [
    SignatureComponent("@status"), SignatureComponent("content-digest"),
    SignatureComponent("guantong-source"), SignatureComponent("signature", fromRequest: true),
  ]

  /// What the signature of a response covers: the components, and its range before the last of them
  /// when it has one.
  package static func components(of response: HTTPResponse) -> [SignatureComponent] {
    guard response.headerFields[.contentRange] != nil else { return components }
    return components.dropLast() + [SignatureComponent("content-range")] + components.suffix(1)
  }

  private let agency: AgencyCode
  private let key: SigningKey

  /// Makes the signer.
  package init(agency: AgencyCode, key: SigningKey) {
    self.agency = agency
    self.key = key
  }

  /// Returns the response with its digest, source and signature fields.
  ///
  /// - Parameters:
  ///   - response: the status and fields of the answer.
  ///   - content: the whole body.
  ///   - request: the request as it came.
  ///   - now: seconds since 1970 by our clock; information only.
  /// - Returns: the response to send; nil when the request's signature field has a line break.
  package func sign(
    _ response: HTTPResponse, content: [UInt8], to request: HTTPRequest, at now: Int64
  ) -> HTTPResponse? {
    var response = response
    response.headerFields[.contentDigest] = ContentDigest(of: content).fieldValue
    response.headerFields[.guantongSource] = agency.rawValue
    let isSignedRequest = request.headerFields[.signature] != nil
    let fields = MessageSignature.fields(
      over: .response(response, to: request),
      covering: isSignedRequest
        ? Self.components(of: response) : Self.components(of: response).dropLast(),
      parameters: [
        "created": .integer(now),
        "keyid": .string(KeyReference(agency: agency, key: key.keyID).description),
        "alg": .string("ed25519"),
      ], key: key)
    guard let fields else { return nil }
    response.headerFields[.signatureInput] = fields.input
    response.headerFields[.signature] = fields.signature
    return response
  }
}
