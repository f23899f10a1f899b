import Exchange
import HTTPTypes
package import Hummingbird
package import Ledger
import Logging
import NIOCore
import NIOSSL
import SwiftProtobuf
import Synchronization
import Wire

/// What a request brings besides itself: the connection it came over.
package struct PeerContext: RequestContext {
  /// What the framework keeps with a request.
  package var coreContext: CoreRequestContextStorage
  /// The connection, for the certificate of its other end.
  package let channel: any Channel

  /// Takes the connection of a request.
  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

/// Stands before every route of the peer server: nothing reaches a route unverified, and nothing
/// leaves unsigned.
///
/// In order: allowance of the certificate, signature of the head, certificate, rate, media type,
/// size, body, digest. What a stranger sends costs no more than reading the head of a request, and
/// what is refused for its head is counted against the certificate that it came under. A request
/// for which there is no route passes all this up to the rate like any other.
package final class PeerGate: Sendable {
  private let agency: AgencyCode
  private let signer: ResponseSigner
  private let verifier: SignedRequestVerifier
  private let book: PeerBook
  private let allowances: PeerAllowances
  private let nonces = Mutex(NonceMemory())
  private let time: TransportTime
  private let figures: Figures
  private let link: Link
  private let handout: Handout?
  private let noticed: @Sendable (PeerNotice) -> Void
  private let isClosing = Mutex(false)
  /// Where connections wait until a request on them has been verified.
  let anteroom = Anteroom(connectionsMax: Limits.strangerConnectionsMax)

  /// Makes the gate of `agency`, which answers with `key`.
  package init(
    agency: AgencyCode, key: SigningKey, book: PeerBook, time: TransportTime, figures: Figures,
    link: Link = Link(), allowances: PeerAllowances = PeerAllowances(), handout: Handout? = nil,
    noticed: @escaping @Sendable (PeerNotice) -> Void = { _ in }
  ) {
    self.handout = handout
    self.link = link
    self.noticed = noticed
    self.allowances = allowances
    self.agency = agency
    self.book = book
    self.time = time
    self.figures = figures
    signer = ResponseSigner(agency: agency, key: key)
    verifier = SignedRequestVerifier(destination: agency)
  }

  /// From now on every request is answered with `unavailable`, so that peers go away in peace.
  package func close() {
    isClosing.withLock { $0 = true }
  }

  /// Judges a request, runs the route and signs whatever comes of it.
  ///
  /// - Parameters:
  ///   - request: the request.
  ///   - context: the connection it came over.
  ///   - route: the route it is for; nil when there is none, which is `not-found` once verified.
  /// - Returns: the answer or the refusal, signed.
  /// - Throws: only when the link is cut or the answer could not be recorded; the connection is
  ///   then closed.
  package func respond(
    to request: Request, context: PeerContext, route: PeerRoute?
  ) async throws -> Response {
    let answer: PeerAnswer
    var problem: Problem?
    let asker = Asker()
    do {
      answer = try await link.carry { [self] in
        try await run(request, context: context, route: route, asker: asker)
      }
    } catch is Link.Cut {
      context.channel.close(promise: nil)
      throw ChannelError.ioOnClosedChannel
    } catch {
      let refused = self.problem(error, context: context, route: route)
      problem = refused
      if refused.code == Problem.Code.keyUnknown.rawValue { noticed(.unknownKey) }
      answer = PeerAnswer(
        mediaType: Problem.mediaType, body: refused.json, status: refused.status)
    }
    figures.count(
      .peerRequest, labels: ["route": route?.path ?? "none", "code": problem?.code ?? "ok"])
    if let reader = asker.agency.withLock({ $0 }) {
      try handout?.note("\(answer.status.code) \(request.uri)", answer.body, for: reader)
    }
    return signed(answer, to: request, retryAfter: problem?.retryAfterSeconds)
  }

  /// Judges a request and runs its route; `asker` is told who it was found to be from.
  private func run(
    _ request: Request, context: PeerContext, route: PeerRoute?, asker: Asker
  ) async throws -> PeerAnswer {
    guard !isClosing.withLock({ $0 }) else {
      throw Problem(.unavailable, retryAfterSeconds: 5)
    }
    let pin = await Self.pin(of: context.channel)
    let holder = pin.flatMap { book.holder(of: $0) }
    if let route, route.takesStrangers {
      try allowances.enterJoin(holder)
      return try await runStranger(request, route: route, asker: asker)
    }
    try allowances.enterUnproved(holder)
    let found = Mutex<PeerKey?>(nil)
    let verified = try verify(request.head) { [book] reference in
      let key = book.key(reference)
      found.withLock { $0 = key }
      return key?.key
    }
    asker.agency.withLock { $0 = verified.agency }
    // The connection's certificate must be the one that the signing agency has published.
    guard let pin, book.peer(verified.agency)?.pin == pin else { throw Problem(.keyUnknown) }
    allowances.prove(holder)
    try allowances.admit(context.channel, of: verified.agency)
    anteroom.leave(context.channel)
    return try await allowances.run(for: verified.agency, on: context.channel) {
      guard let route else { throw Problem(.notFound) }
      let body = try await self.body(of: request, route: route) { [allowances] bytes in
        allowances.spend(bytes, of: verified.agency)
      }
      guard verified.matches(body) else { throw Problem(.malformed) }
      let answer = try await route.checkedAnswer(
        PeerRequest(
          agency: verified.agency,
          isWithdrawn: found.withLock { $0?.isWithdrawn ?? true },
          head: request.head, query: Self.query(of: request, route), body: body))
      allowances.spend(answer.body.count, of: verified.agency, givenOn: context.channel)
      return answer
    }
  }

  /// A stranger's request is judged by the key that it brings; the route judges the key itself.
  private func runStranger(
    _ request: Request, route: PeerRoute, asker: Asker
  ) async throws -> PeerAnswer {
    let body = try await self.body(of: request, route: route)
    guard let join = try? WireJoinRequest(serializedBytes: body),
      let key = VerificationKey(bytes: Array(join.key.bytes))
    else { throw Problem(.malformed) }
    let verified = try verify(request.head) { reference in
      reference.names(key.id) ? key : nil
    }
    guard verified.matches(body), verified.agency.rawValue == join.entry.code else {
      throw Problem(.malformed)
    }
    asker.agency.withLock { $0 = verified.agency }
    return try await route.checkedAnswer(
      PeerRequest(
        agency: verified.agency, isWithdrawn: false, head: request.head,
        query: Self.query(of: request, route), body: body))
  }

  private func verify(
    _ head: HTTPRequest, key: (KeyReference) -> VerificationKey?
  ) throws -> VerifiedRequest {
    let now = time.seconds
    // Nobody waits for another's signature: only the nonce is entered under the lock.
    let verdict = verifier.judge(
      head, at: now,
      remember: { nonce, key, expires in
        nonces.withLock { $0.insert(nonce, by: key, until: expires, at: now) }
      }, key: key)
    switch verdict {
    case .verified(let request): return request
    case .refused(let refusal): throw Problem(refusal, time: time.text)
    }
  }

  /// The pin of the certificate at the other end of a connection; nil without TLS.
  private static func pin(of channel: any Channel) async -> CertificatePin? {
    guard let certificate = try? await channel.nioSSL_peerCertificate().get() else { return nil }
    return try? CertificatePin(of: certificate)
  }

  /// Reads a body, and tells of its bytes as they come, also of those that are refused.
  ///
  /// What still comes of a body without a length, once it has been refused for its size, is thrown
  /// away by the connection untold; there it is bounded by `Limits.discardedBytesMax`.
  private func body(
    of request: Request, route: PeerRoute, received: (Int) -> Void = { _ in }
  ) async throws -> [UInt8] {
    let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
    var refusal: Problem?
    if let mediaType = route.mediaType {
      let given = request.headers[.contentType]?.split(separator: ";").first.map(String.init)
      let isEnvelope = route.takesEnvelopes && given == GatewayEnvelopes.mediaType
      if given != mediaType, !isEnvelope { refusal = Problem(.mediaType) }
    }
    if refusal == nil, announced > route.bodyBytesMax { refusal = Problem(.tooLarge) }
    if let refusal {
      // What was announced comes all the same and is thrown away; without a length it may be as
      // much as is ever thrown away.
      let isOpenEnded = request.headers[.transferEncoding] != nil
      received(
        isOpenEnded
          ? Limits.discardedBytesMax : min(max(0, announced), Limits.discardedBytesMax))
      throw refusal
    }
    var body: [UInt8] = []
    do {
      for try await part in request.body {
        received(part.readableBytes)
        guard part.readableBytes <= route.bodyBytesMax - body.count else {
          throw Problem(.tooLarge)
        }
        body += part.readableBytesView
      }
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(.malformed)
    }
    return body
  }

  private static func query(of request: Request, _ route: PeerRoute) -> [String: String] {
    var query: [String: String] = [:]
    for (name, value) in request.uri.queryParameters
    where route.queryNames.contains(String(name)) {
      query[String(name)] = String(value)
    }
    return query
  }

  private func problem(
    _ error: any Error, context: PeerContext, route: PeerRoute?
  ) -> Problem {
    if let problem = error as? Problem { return problem }
    let problem = Problem(failure: error)
    context.logger.error(
      "a peer's request failed",
      metadata: [
        "route": "\(route?.path ?? "none")", "code": "\(problem.code)", "error": "\(error)",
      ])
    return problem
  }

  private func signed(_ answer: PeerAnswer, to request: Request, retryAfter: Int?) -> Response {
    var head = HTTPResponse(status: answer.status)
    if let mediaType = answer.mediaType {
      head.headerFields[.contentType] = mediaType
    }
    if let retryAfter {
      head.headerFields[.retryAfter] = "\(retryAfter)"
    }
    head.headerFields[.contentRange] = answer.contentRange
    if let signed = signer.sign(
      head, content: answer.body, to: request.head, at: time.seconds)
    {
      head = signed
    } else {
      // The request's signature field cannot be covered (a line break in it): answer unsigned.
      figures.count(.peerUnsigned, labels: [:])
    }
    return Response(
      status: head.status, headers: head.headerFields,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}

/// Who a request was found to be from, for what happens after it was answered or refused.
private final class Asker: Sendable {
  let agency = Mutex<AgencyCode?>(nil)
}
