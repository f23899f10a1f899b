import AsyncHTTPClient
package import Exchange
package import HTTPTypes
package import Ledger
package import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOSSL
import Synchronization

/// A verified answer of a peer.
package enum PeerReply: Sendable {
  /// The peer did what was asked.
  case answered(mediaType: String?, body: [UInt8])
  /// The peer refused, with its code and the seconds it asks us to wait.
  case refused(code: String, status: Int, retryAfterSeconds: Int?)
}

/// A verified answer to the request for a range.
package enum SliceReply: Sendable, Equatable {
  /// The bytes, at most as many as were asked for.
  case slice(AttachmentSlice)
  /// The peer refused, with its code and the seconds it asks us to wait.
  case refused(code: String, retryAfterSeconds: Int?)
}

/// How long a client waits for what.
package struct PeerClientTimes: Sendable {
  /// For the connection, TLS handshake included.
  package var connect = TimeAmount.seconds(Limits.connectSecondsMax)
  /// For the next byte of an answer.
  package var read = TimeAmount.seconds(Limits.readSecondsMax)
  /// For a whole exchange, beyond what the peer was asked to wait.
  package var exchange = TimeAmount.seconds(Limits.exchangeSecondsMax)

  /// The times of ``Limits``.
  package init() {}
}

/// What a client needs to know of the node it belongs to.
package struct PeerClientIdentity: Sendable {
  /// Our agency; a hosted one when it is that which asks for a new key.
  package var agency: AgencyCode
  /// The key we sign with.
  package var key: SigningKey
  /// Our TLS certificate.
  package let transport: TransportIdentity
  /// Our clock.
  package let time: TransportTime
  /// Whether we talk to anybody.
  package let link: Link
  /// Where a demonstration writes down what leaves for peers; nil on every real node.
  package let handout: Handout?
  /// Seals and opens what passes a gateway.
  package let envelopes: GatewayEnvelopes?
  /// How long we wait.
  package var times = PeerClientTimes()

  /// Makes an identity.
  package init(
    agency: AgencyCode, key: SigningKey, transport: TransportIdentity, time: TransportTime,
    link: Link = Link(), handout: Handout? = nil, envelopes: GatewayEnvelopes? = nil
  ) {
    self.handout = handout
    self.envelopes = envelopes
    self.link = link
    self.agency = agency
    self.key = key
    self.transport = transport
    self.time = time
  }
}

/// Talks to one peer: its own connections, its pin, signed requests, verified answers.
///
/// Redirects are refused, every wait has an end, and a request refused for its time is repeated
/// once in the peer's clock. ``close()`` must be called before the client is let go.
package final class PeerClient: Sendable {
  /// The peer.
  package let peer: AgencyCode
  /// Where it listens.
  package let endpoint: PeerEndpoint

  private let identity: PeerClientIdentity
  private let signer: RequestSigner
  private let http: HTTPClient
  private let offset = Mutex(ClockOffset())
  private let measured = Mutex<ClockDifference?>(nil)
  private let key: (@Sendable (KeyReference) -> VerificationKey?)?
  private let shown: ShownPin

  /// Makes a client; no connection is opened yet.
  ///
  /// - Parameters:
  ///   - identity: who we are.
  ///   - peer: the agency asked.
  ///   - endpoint: where its node listens.
  ///   - pin: the pin of its TLS certificate; any other ends the connection. With nil the first
  ///     certificate is taken, and the caller judges ``shownPin``.
  ///   - key: looks up the key that an answer was signed with; nil for a newcomer that has no
  ///     directory yet, whom the pin of the invitation alone vouches for the registrar.
  package init(
    identity: PeerClientIdentity, peer: AgencyCode, endpoint: PeerEndpoint, pin: CertificatePin?,
    key: (@Sendable (KeyReference) -> VerificationKey?)?
  ) {
    self.identity = identity
    self.peer = peer
    self.endpoint = endpoint
    self.key = key
    signer = RequestSigner(agency: identity.agency, key: identity.key, destination: peer)
    shown = ShownPin(pin)
    http = HTTPClient(
      eventLoopGroupProvider: .singleton, configuration: Self.configuration(identity, shown))
  }

  /// The pin of the certificate that the other end has to show, or has shown first; nil before.
  package var shownPin: CertificatePin? { shown.pin }

  /// What is added to our time for signatures, as far as the peer has refused any for its time.
  package var clockOffset: ClockOffset { offset.withLock { $0 } }

  /// How far the peer's clock is ahead by its last signed answer; nil before the first.
  package var clockDifference: ClockDifference? { measured.withLock { $0 } }

  /// Ends all connections; requests under way fail.
  package func close() async {
    try? await http.shutdown()
  }

  /// Sends a request and returns the verified answer.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - path: the path with its query.
  ///   - mediaType: the media type of the body; nil without one.
  ///   - body: the body.
  ///   - waitSeconds: how long the peer was asked to wait before it answers.
  ///   - sealing: what the body is, if it is content that a gateway must not see.
  ///   - opening: what the answer is, if it may come in an envelope.
  ///   - answerMax: the most bytes that are taken of an answer.
  /// - Returns: the answer or the refusal.
  /// - Throws: ``NodeError`` `peerUnreachable` when no whole answer came, `peerAnswer` when one
  ///   came that is not the peer's; `CancellationError` when the task is cancelled.
  package func send(
    _ method: HTTPRequest.Method, _ path: String, mediaType: String? = nil, body: [UInt8] = [],
    waitSeconds: Int = 0, sealing: Envelope.Content? = nil, opening: Envelope.Content? = nil,
    answerMax: Int = Limits.answerBytesMax
  ) async throws -> PeerReply {
    var (mediaType, body) = (mediaType, body)
    if let sealing, let envelope = try sealed(body, as: sealing) {
      (mediaType, body) = (GatewayEnvelopes.mediaType, envelope)
    }
    let first = try await attempt(
      method, path, mediaType: mediaType, body: body, waitSeconds: waitSeconds, opening: opening,
      answerMax: answerMax)
    guard case .lateClock = first else { return reply(first) }
    return reply(
      try await attempt(
        method, path, mediaType: mediaType, body: body, waitSeconds: waitSeconds,
        opening: opening, answerMax: answerMax))
  }

  /// The envelope that content goes in; nil when it goes as it is.
  private func sealed(_ body: [UInt8], as kind: Envelope.Content) throws -> [UInt8]? {
    guard let envelopes = identity.envelopes else { return nil }
    switch envelopes.way(to: peer) {
    case .open: return nil
    case .sealed(let key): return try envelopes.sealed(body, as: kind, for: peer, to: key)
    case .noKey:
      throw NodeError(
        .peerUnreachable, object: peer.rawValue,
        message: "is behind a gateway and has published no encryption key", words: "reach.noKey",
        hint: "nothing was sent; it is tried again when the peer has published one")
    }
  }

  /// The content of an answer, out of its envelope if it came in one.
  private func opened(
    _ content: [UInt8], of response: HTTPResponse, as kind: Envelope.Content?
  ) throws -> [UInt8] {
    guard let kind, let envelopes = identity.envelopes else { return content }
    let mediaType = response.headerFields[.contentType]
    guard let opened = envelopes.opened(content, mediaType: mediaType, as: kind, from: peer) else {
      throw NodeError(
        .peerAnswer, object: peer.rawValue,
        message: "answered in an envelope that our keys do not open", words: "reach.envelope",
        hint: "it is asked again; see that the particulars show the key of this node")
    }
    return opened
  }

  /// Asks for a range of something larger.
  ///
  /// - Parameters:
  ///   - range: which bytes.
  ///   - path: what they are of.
  /// - Returns: the bytes with the place they have, or the refusal; nil when the answer names no
  ///   place.
  /// - Throws: what ``send(_:_:mediaType:body:waitSeconds:)`` throws.
  package func slice(_ range: AttachmentRange, of path: String) async throws -> SliceReply? {
    let first = try await attempt(
      .get, path, mediaType: nil, body: [], waitSeconds: 0, range: range, opening: .piece,
      answerMax: Exchange.Limits.envelopeBytesMax)
    var outcome = first
    if case .lateClock = first {
      outcome = try await attempt(
        .get, path, mediaType: nil, body: [], waitSeconds: 0, range: range, opening: .piece,
        answerMax: Exchange.Limits.envelopeBytesMax)
    }
    let contentRange: String? = if case .reply(_, let given) = outcome { given } else { nil }
    switch reply(outcome) {
    case .refused(let code, _, let wait): return .refused(code: code, retryAfterSeconds: wait)
    case .answered(_, let body):
      guard let contentRange else { return nil }
      return AttachmentSlice(contentRange: contentRange, bytes: body).map(SliceReply.slice)
    }
  }

  private enum Outcome {
    /// The answer, and which bytes of something larger it holds.
    case reply(PeerReply, contentRange: String?)
    /// Refused for its time; the offset is learnt.
    case lateClock
  }

  private func reply(_ outcome: Outcome) -> PeerReply {
    switch outcome {
    case .reply(let reply, _): reply
    case .lateClock:
      .refused(
        code: Problem.Code.signatureExpired.rawValue, status: 401, retryAfterSeconds: nil)
    }
  }

  private func attempt(
    _ method: HTTPRequest.Method, _ path: String, mediaType: String?, body: [UInt8],
    waitSeconds: Int, range: AttachmentRange? = nil, opening: Envelope.Content? = nil,
    answerMax: Int
  ) async throws -> Outcome {
    let request = try signed(method, path, mediaType: mediaType, body: body, range: range)
    try identity.handout?.note("\(method.rawValue) \(path)", body, for: peer)
    let (response, content): (HTTPResponse, [UInt8])
    do {
      (response, content) = try await identity.link.carry { [self] in
        try await exchange(request, body: body, waitSeconds: waitSeconds, answerMax: answerMax)
      }
    } catch let cut as Link.Cut {
      throw unreachable(cut)
    }
    try verify(response, content, to: request)
    guard response.status.code >= 300 else {
      return .reply(
        .answered(
          mediaType: response.headerFields[.contentType],
          body: try opened(content, of: response, as: opening)),
        contentRange: response.headerFields[.contentRange])
    }
    let problem = ReceivedProblem(content)
    if problem?.code == Problem.Code.signatureExpired.rawValue, learn(problem, from: request) {
      return .lateClock
    }
    return .reply(
      .refused(
        code: problem?.code ?? "\(response.status.code)", status: response.status.code,
        retryAfterSeconds: response.headerFields[.retryAfter].flatMap { Int($0) }),
      contentRange: nil)
  }

  private func verify(
    _ response: HTTPResponse, _ content: [UInt8], to request: HTTPRequest
  ) throws {
    guard let key else { return }
    let verdict = SignedResponseVerifier.judge(
      response, content: content, to: request, from: peer, key: key)
    guard case .verified(let answer) = verdict else {
      throw NodeError(
        .peerAnswer, object: peer.rawValue, message: "answered without a valid signature",
        words: "reach.unsigned",
        hint: "ask its operator whether the key or the address has changed",
        underlying: Untrusted(verdict: verdict, status: response.status.code))
    }
    let difference = ClockDifference(peerTime: answer.created, at: identity.time.seconds)
    measured.withLock { $0 = difference }
  }

  private func signed(
    _ method: HTTPRequest.Method, _ path: String, mediaType: String?, body: [UInt8],
    range: AttachmentRange?
  ) throws -> HTTPRequest {
    var request = HTTPRequest(
      method: method, scheme: "https", authority: endpoint.authority, path: path)
    if let mediaType {
      request.headerFields[.contentType] = mediaType
    }
    request.headerFields[.range] = range?.field
    let now = offset.withLock { $0 }.peerTime(at: identity.time.seconds)
    let nonce = Self.nonce()
    guard let signed = signer.sign(request, content: body, at: now, nonce: nonce) else {
      throw NodeError(
        .peerAnswer, object: peer.rawValue, message: "a request cannot be signed",
        words: "reach.noSignature")
    }
    return signed
  }

  /// 128 random bits in 32 hexadecimal digits.
  private static func nonce() -> String {
    var source = SystemRandomNumberGenerator()
    return Hex.encode((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &source) })
  }

  private func exchange(
    _ request: HTTPRequest, body: [UInt8], waitSeconds: Int, answerMax: Int
  ) async throws -> (HTTPResponse, [UInt8]) {
    var outgoing = HTTPClientRequest(url: "\(endpoint)\(request.path ?? "/")")
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    for field in request.headerFields {
      outgoing.headers.add(name: field.name.rawName, value: field.value)
    }
    if request.method != .get {
      outgoing.body = .bytes(ByteBuffer(bytes: body))
    }
    let limit = identity.times.exchange + .seconds(Int64(waitSeconds))
    let (http, whole) = (http, outgoing)
    do {
      return try await TimeLimit(.nanoseconds(limit.nanoseconds)).during {
        let incoming = try await http.execute(whole, deadline: .distantFuture)
        var response = HTTPResponse(status: .init(code: Int(incoming.status.code)))
        for (name, value) in incoming.headers {
          guard let name = HTTPField.Name(name) else { continue }
          response.headerFields.append(HTTPField(name: name, value: value))
        }
        let content = try await incoming.body.collect(upTo: answerMax)
        return (response, Array(content.readableBytesView))
      }
    } catch let error as CancellationError {
      throw error
    } catch let error as NodeError {
      throw error
    } catch is NIOTooManyBytesError {
      throw NodeError(
        .peerAnswer, object: peer.rawValue, message: "answered with more bytes than it may",
        words: "reach.unusable")
    } catch {
      try Task.checkCancellation()
      throw unreachable(error)
    }
  }

  private func unreachable(_ error: any Error) -> NodeError {
    if error is WrongCertificate {
      return NodeError(
        .peerUnreachable, object: "\(peer.rawValue) (\(endpoint))",
        message: "showed another certificate than the one it has published (pin mismatch)",
        words: "reach.pin", hint: "ask its operator; nothing was sent to it", underlying: error)
    }
    return NodeError(
      .peerUnreachable, object: "\(peer.rawValue) (\(endpoint))",
      message: "did not answer", words: "reach.silent", hint: "work goes on; it is tried again",
      underlying: error)
  }

  /// Takes the peer's time from its signed refusal, if it refuses this very request.
  private func learn(_ problem: ReceivedProblem?, from request: HTTPRequest) -> Bool {
    guard let text = problem?.time, let time = Timestamp(text), let nonce = problem?.nonce,
      request.headerFields[.signatureInput]?.contains("nonce=\"\(nonce)\"") == true
    else { return false }
    let now = identity.time.seconds
    offset.withLock { $0.learn(peerTime: time.microseconds / 1_000_000, at: now) }
    return true
  }

  private static func configuration(
    _ identity: PeerClientIdentity, _ shown: ShownPin
  ) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: identity.transport.clientConfiguration(),
      redirectConfiguration: .disallow,
      timeout: HTTPClient.Configuration.Timeout(
        connect: identity.times.connect, read: identity.times.read))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
      Limits.connectionsPerPeer
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.http1_1ConnectionDebugInitializer = { channel in
      channel.nioSSL_peerCertificate().flatMapThrowing { certificate in
        guard let certificate, shown.accepts(try CertificatePin(of: certificate)) else {
          channel.close(promise: nil)
          throw WrongCertificate()
        }
      }
    }
    return configuration
  }
}

/// The certificate that a server has to show; where none is given the first one settles it.
private final class ShownPin: Sendable {
  private let known: Mutex<CertificatePin?>

  init(_ pin: CertificatePin?) { known = Mutex(pin) }

  var pin: CertificatePin? { known.withLock { $0 } }

  func accepts(_ pin: CertificatePin) -> Bool {
    known.withLock { known in
      if known == nil { known = pin }
      return known == pin
    }
  }
}

/// A server presented a certificate whose pin is not the published one.
struct WrongCertificate: Error {}

/// Why an answer was not believed; for the log.
struct Untrusted: Error {
  let verdict: ResponseVerdict
  let status: Int
}
