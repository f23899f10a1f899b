package import HTTPTypes
package import Ledger

/// A peer's request after everything about it was checked: who asks, and the whole body.
package struct PeerRequest: Sendable {
  /// The agency that asks.
  package let agency: AgencyCode
  /// Whether its key is withdrawn: then it is told the directory and nothing else.
  package let isWithdrawn: Bool
  /// The request as it came.
  package let head: HTTPRequest
  /// The query's parameters, the last of equal names counting.
  package let query: [String: String]
  /// The whole body.
  package let body: [UInt8]
}

/// An answer to a peer, still to be signed.
package struct PeerAnswer: Sendable {
  /// The status.
  package var status: HTTPResponse.Status
  /// The media type; nil without content.
  package var mediaType: String?
  /// The whole body.
  package var body: [UInt8]
  /// Which bytes of a longer representation the body is; nil where it is all there is.
  package var contentRange: String?

  /// Answers with content.
  package init(mediaType: String, body: [UInt8], status: HTTPResponse.Status = .ok) {
    self.status = status
    self.mediaType = mediaType
    self.body = body
  }

  /// Answers without content.
  package init(status: HTTPResponse.Status = .noContent) {
    self.status = status
    mediaType = nil
    body = []
  }
}

/// One route of the peer protocol; the table of them is compared with `Schema/openapi/peer.yaml`.
package struct PeerRoute: Sendable {
  /// The media type of protocol buffers.
  package static let protobuf = "application/x-protobuf"
  /// The media type of raw bytes.
  package static let bytes = "application/octet-stream"

  /// The method.
  package let method: HTTPRequest.Method
  /// The path as OpenAPI writes it, parameters in braces.
  package let path: String
  /// The media type of the request's body; nil when there is none.
  package let mediaType: String?
  /// The largest body taken.
  package let bodyBytesMax: Int
  /// Whether strangers may ask, with a key that the body itself brings.
  package let takesStrangers: Bool
  /// Whether the body may come in an envelope.
  package var takesEnvelopes = false
  /// The names of its query's parameters; no other reaches the work.
  package private(set) var queryNames: Set<String> = []
  /// The media types that it answers with by status, none for an answer without content; nil where
  /// it has declared nothing.
  package private(set) var answers: [Int: Set<String>]?
  /// The work.
  package let answer: @Sendable (PeerRequest) async throws -> PeerAnswer

  /// Makes a route without a request body.
  package init(
    _ method: HTTPRequest.Method, _ path: String,
    answer: @escaping @Sendable (PeerRequest) async throws -> PeerAnswer
  ) {
    self.method = method
    self.path = path
    mediaType = nil
    bodyBytesMax = 0
    takesStrangers = false
    self.answer = answer
  }

  /// Makes a route that takes a body.
  package init(
    _ method: HTTPRequest.Method, _ path: String, taking mediaType: String, upTo bytes: Int,
    fromStrangers: Bool = false, inEnvelopes: Bool = false,
    answer: @escaping @Sendable (PeerRequest) async throws -> PeerAnswer
  ) {
    self.method = method
    self.path = path
    self.mediaType = mediaType
    bodyBytesMax = bytes
    takesStrangers = fromStrangers
    takesEnvelopes = inEnvelopes
    self.answer = answer
  }

  /// The same route with what it gives and what it is asked by.
  ///
  /// - Parameters:
  ///   - answers: the media types that it answers with by status.
  ///   - names: the names of its query's parameters.
  /// - Returns: the route.
  package func answering(
    _ answers: [Int: Set<String>], askedBy names: Set<String> = []
  ) -> PeerRoute {
    var route = self
    route.answers = answers
    route.queryNames = names
    return route
  }

  /// Does the work of a request; an answer that the route has not declared is a fault.
  func checkedAnswer(_ request: PeerRequest) async throws -> PeerAnswer {
    let given = try await answer(request)
    guard let answers else { return given }
    let status = given.status.code
    guard let types = answers[status],
      given.mediaType.map({ types.contains($0) }) ?? types.isEmpty
    else { throw Undeclared(status: status, mediaType: given.mediaType) }
    return given
  }

  /// An answer that is not in the description of the protocol.
  struct Undeclared: Error {
    let status: Int
    let mediaType: String?
  }
}
