package import HTTPTypes
package import Ledger

/// Judges the signatures of requests to one agency.
///
/// It judges the head alone, so that a server need not read the body of a stranger; the digest it
/// hands on is then compared with the body. Order: form, key, signature, time, destination, nonce.
/// Nothing is remembered of a request that does not verify, so strangers cannot fill the memory.
package struct SignedRequestVerifier: Sendable {
  private let destination: AgencyCode

  /// Makes the verifier of the agency `destination`.
  package init(destination: AgencyCode) {
    self.destination = destination
  }

  /// Judges `request`.
  ///
  /// - Parameters:
  ///   - request: the request as it came.
  ///   - now: seconds since 1970 by our clock.
  ///   - remember: puts the nonce of a verified request into the caller's ``NonceMemory``, once and
  ///     last of all: only this step needs the memory to itself, the signature does not.
  ///   - key: looks up the key that a reference names; nil when there is none.
  /// - Returns: the verdict.
  package func judge(
    _ request: HTTPRequest, at now: Int64,
    remember: (_ nonce: String, _ key: KeyID, _ expires: Int64) -> NonceMemory.Insertion,
    key: (KeyReference) -> VerificationKey?
  ) -> RequestVerdict {
    let signature: MessageSignature
    switch MessageSignature.read(from: request.headerFields) {
    case .missing: return .refused(.missing)
    case .malformed(let reason): return .refused(.malformed(reason))
    case .read(let read): signature = read
    }
    guard signature.covers(RequestSigner.components(of: request)) else {
      return .refused(.malformed("the signature covers another list of components"))
    }
    guard let expires = signature.expires, let nonce = signature.nonce else {
      return .refused(.malformed("the signature lacks expires or a nonce"))
    }
    guard let field = request.headerFields[.contentDigest],
      let digest = ContentDigest(fieldValue: field)
    else {
      return .refused(.malformed("content-digest has no sha-256 of 32 bytes"))
    }
    guard let verificationKey = key(signature.key) else { return .refused(.keyUnknown) }
    guard let base = SignatureBase.text(of: .request(request), covering: signature.components),
      verificationKey.verify(signature.bytes, over: Array(base.utf8))
    else { return .refused(.badSignature) }
    let lifetime = expires.subtractingReportingOverflow(signature.created)
    guard !lifetime.overflow, (0...Limits.signatureLifeSecondsMax).contains(lifetime.partialValue)
    else {
      return .refused(.malformed("expires is more than 60 seconds after created"))
    }
    guard signature.created <= now + Limits.signatureAheadSecondsMax, now <= expires else {
      return .refused(.expired(nonce: nonce))
    }
    guard request.headerFields[.guantongDestination] == destination.rawValue else {
      return .refused(.wrongDestination)
    }
    switch remember(nonce, verificationKey.id, expires) {
    case .new: break
    case .seen: return .refused(.replayed)
    case .full: return .refused(.crowded)
    }
    return .verified(
      VerifiedRequest(
        agency: signature.key.agency, key: verificationKey.id, nonce: nonce, digest: digest))
  }
}

/// Judges the signature of a response to a request of ours.
///
/// Time plays no part: the response covers the request's own signature, which has a fresh nonce, so
/// it cannot be older than the question.
package enum SignedResponseVerifier {
  /// Judges `response`.
  ///
  /// - Parameters:
  ///   - response: status and fields as they came.
  ///   - content: the whole body.
  ///   - request: the request exactly as it was sent.
  ///   - source: the agency that was asked.
  ///   - key: looks up the key that a reference names; nil when there is none.
  /// - Returns: the verdict.
  package static func judge(
    _ response: HTTPResponse, content: [UInt8], to request: HTTPRequest, from source: AgencyCode,
    key: (KeyReference) -> VerificationKey?
  ) -> ResponseVerdict {
    let signature: MessageSignature
    switch MessageSignature.read(from: response.headerFields) {
    case .missing: return .refused(.missing)
    case .malformed(let reason): return .refused(.malformed(reason))
    case .read(let read): signature = read
    }
    guard signature.covers(ResponseSigner.components(of: response)) else {
      return .refused(.malformed("the signature covers another list of components"))
    }
    guard let field = response.headerFields[.contentDigest],
      let digest = ContentDigest(fieldValue: field)
    else {
      return .refused(.malformed("content-digest has no sha-256 of 32 bytes"))
    }
    guard let verificationKey = key(signature.key) else { return .refused(.keyUnknown) }
    guard
      let base = SignatureBase.text(
        of: .response(response, to: request), covering: signature.components),
      verificationKey.verify(signature.bytes, over: Array(base.utf8))
    else { return .refused(.badSignature) }
    guard signature.key.agency == source,
      response.headerFields[.guantongSource] == source.rawValue
    else { return .refused(.wrongDestination) }
    guard ContentDigest(of: content) == digest else { return .refused(.contentDiffers) }
    return .verified(
      VerifiedResponse(
        agency: source, key: verificationKey.id, created: signature.created))
  }
}
