import Exchange
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization
import Testing

@testable import Node

/// One node's identity in a test: its code, keys and certificate.
struct TestNode: Sendable {
  let agency: AgencyCode
  let key: SigningKey
  let certificate: TransportCertificate
  let transport: TransportIdentity

  init(_ code: String) throws {
    agency = try #require(AgencyCode(code))
    key = try #require(SigningKey(rawRepresentation: Entropyless.bytes(32)))
    certificate = try TransportCertificate.generate(name: code)
    transport = try TransportIdentity(certificate)
  }

  /// The same node after its signing key was changed.
  init(_ node: TestNode, key: SigningKey) {
    (agency, self.key) = (node.agency, key)
    (certificate, transport) = (node.certificate, node.transport)
  }

  /// The record under which others know it.
  func record(endpoint: PeerEndpoint? = nil, isWithdrawn: Bool = false) throws -> PeerRecord {
    PeerRecord(
      agency: agency,
      keys: [key.keyID: PeerKey(key: key.verificationKey, isWithdrawn: isWithdrawn)],
      pin: try certificate.pin(), endpoint: endpoint)
  }

  /// A client of this node for `peer`.
  func client(
    to peer: TestNode, port: Int, pin: CertificatePin? = nil, time: TransportTime = .system,
    knowing key: VerificationKey? = nil
  ) throws -> PeerClient {
    let answering = key ?? peer.key.verificationKey
    return PeerClient(
      identity: PeerClientIdentity(
        agency: agency, key: self.key, transport: transport, time: time),
      peer: peer.agency,
      endpoint: try #require(PeerEndpoint("https://127.0.0.1:\(port)")),
      pin: try pin ?? peer.certificate.pin()
    ) { $0.names(answering.id) ? answering : nil }
  }
}

/// Random bytes for test keys.
enum Entropyless {
  static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max) }
  }
}

/// A peer server over real sockets with a few routes, and what it was asked.
struct PeerFixture: Sendable {
  let server: TestNode
  let asker: TestNode
  let book: PeerBook
  let gate: PeerGate
  let figures: Figures
  let port: Int
  let asked: Asked

  /// Counts the requests that reached a route.
  final class Asked: Sendable {
    private let bodies = Mutex<[[UInt8]]>([])
    var count: Int { bodies.withLock { $0.count } }
    func note(_ body: [UInt8]) { bodies.withLock { $0.append(body) } }
  }

  static let echoBytesMax = 1 << 16

  /// Runs `body` against a running server.
  static func run(
    time: TransportTime = .system, times: SocketTimes = SocketTimes(),
    allowances: PeerAllowances = PeerAllowances(), link: Link = Link(),
    slowly work: @escaping @Sendable () async -> Void = {},
    _ body: @Sendable (PeerFixture) async throws -> Void
  ) async throws {
    let server = try TestNode("420300-FZB")
    let asker = try TestNode("420300-JW")
    let book = PeerBook()
    book.replace([try asker.record()])
    let figures = Figures()
    let gate = PeerGate(
      agency: server.agency, key: server.key, book: book, time: time, figures: figures,
      link: link, allowances: allowances)
    let asked = Asked()
    let routes = [
      PeerRoute(.post, "/peer/v1/echo", taking: PeerRoute.bytes, upTo: echoBytesMax) { request in
        asked.note(request.body)
        return PeerAnswer(mediaType: PeerRoute.bytes, body: request.body)
      },
      PeerRoute(.post, "/peer/v1/slow", taking: PeerRoute.bytes, upTo: echoBytesMax) { _ in
        await work()
        return PeerAnswer()
      },
      PeerRoute(
        .post, "/peer/v1/join", taking: PeerRoute.protobuf, upTo: echoBytesMax, fromStrangers: true
      ) { request in
        asked.note(request.body)
        // The first is told to come back at once.
        guard asked.count > 1 else { throw Problem(.busy, retryAfterSeconds: 0) }
        return PeerAnswer()
      },
      PeerRoute(.get, "/peer/v1/large") { _ in
        PeerAnswer(mediaType: PeerRoute.bytes, body: [UInt8](repeating: 7, count: 32 << 20))
      },
      PeerRoute(.get, "/peer/v1/hidden") { _ in throw Problem(.notFound) },
    ]
    let peerServer = PeerServer(
      gate: gate, routes: routes, identity: server.transport, book: book, figures: figures,
      times: times)
    let (ports, feed) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let application = try peerServer.application(host: "127.0.0.1", port: 0, logger: logger) {
      feed.yield($0)
    }
    let group = ServiceGroup(services: [application], logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      let fixture = PeerFixture(
        server: server, asker: asker, book: book, gate: gate, figures: figures, port: port,
        asked: asked)
      do {
        try await body(fixture)
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
      await group.triggerGracefulShutdown()
    }
  }

  /// Runs `body` with a client and closes it.
  func withClient(
    _ client: PeerClient, _ body: (PeerClient) async throws -> Void
  ) async throws {
    do {
      try await body(client)
    } catch {
      await client.close()
      throw error
    }
    await client.close()
  }

  /// A signed request of the asker, or of another, with its body, to be sent or spoilt.
  func request(
    _ body: [UInt8] = [1, 2, 3], path: String = "/peer/v1/echo", method: HTTPRequest.Method = .post,
    destination: AgencyCode? = nil, mediaType: String = PeerRoute.bytes, key: SigningKey? = nil,
    of other: TestNode? = nil, at now: Int64 = TransportTime.system.seconds
  ) throws -> HTTPRequest {
    let asker = other ?? asker
    var request = HTTPRequest(
      method: method, scheme: "https", authority: "127.0.0.1:\(port)", path: path)
    request.headerFields[.contentType] = mediaType
    request.headerFields[.contentLength] = "\(body.count)"
    let signer = RequestSigner(
      agency: asker.agency, key: key ?? asker.key, destination: destination ?? server.agency)
    return try #require(
      signer.sign(request, content: body, at: now, nonce: Hex.encode(Entropyless.bytes(16))))
  }
}
