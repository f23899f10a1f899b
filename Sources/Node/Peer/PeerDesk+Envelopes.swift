import Exchange
import HTTPTypes

extension PeerDesk {
  /// Answers with content: in an envelope where a gateway is on the way.
  ///
  /// Whether it can be sealed is looked at before the work and again after a long poll: nothing is
  /// numbered or read for a peer that could not open it.
  func carrying(
    _ kind: Envelope.Content, for request: PeerRequest, _ work: () async throws -> PeerAnswer
  ) async throws -> PeerAnswer {
    try refuseWithoutKey(request)
    var answer = try await work()
    guard let envelopes else { return answer }
    switch envelopes.way(to: request.agency) {
    case .open: break
    case .noKey: try refuseWithoutKey(request)
    case .sealed(let key):
      answer.body = try envelopes.sealed(answer.body, as: kind, for: request.agency, to: key)
      answer.mediaType = GatewayEnvelopes.mediaType
    }
    return answer
  }

  /// The page of a push, out of its envelope if it came in one; nil when it is none.
  ///
  /// One that cannot be opened is refused like an unknown key, which tells the sender to look at
  /// the directory before it sends the range again.
  func opened(_ request: PeerRequest) throws -> [UInt8]? {
    let mediaType = request.head.headerFields[.contentType]
    guard mediaType == GatewayEnvelopes.mediaType else { return request.body }
    guard Envelope.decode(request.body) != nil else { return nil }
    guard
      let body = envelopes?.opened(
        request.body, mediaType: mediaType, as: .page, from: request.agency)
    else { throw Problem(.keyUnknown) }
    return body
  }

  private func refuseWithoutKey(_ request: PeerRequest) throws {
    guard envelopes?.way(to: request.agency) == .noKey else { return }
    throw Problem(.unavailable, retryAfterSeconds: Limits.noKeyRetrySeconds)
  }
}
