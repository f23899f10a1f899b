import Exchange
import HTTPTypes
import Ledger
import NIOCore
import NIOPosix
import NIOSSL
import PeerSupport
import Synchronization
import Testing

@testable import Node

/// Every wait on a socket has an end: the table in Node.docc names these tests.
@Suite(.timeLimit(.minutes(5))) struct TimeoutTests {
  @Test func `a connection that rests between two requests is shed`() async throws {
    var times = SocketTimes()
    times.idle = .seconds(2)
    try await PeerFixture.run(times: times) { fixture in
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        try await stream.send(fixture.request(), body: [1, 2, 3])
        #expect(try await stream.answer()?.status == 200)
        #expect(try await stream.answer() == nil)
      }
    }
  }

  @Test func `a connection whose answer nobody reads is shed`() async throws {
    var times = SocketTimes()
    times.response = .milliseconds(200)
    let allowances = PeerAllowances()
    try await PeerFixture.run(times: times, allowances: allowances) { fixture in
      try await RawConnection.open(port: fixture.port, as: fixture.asker.certificate) { stream in
        let request = try fixture.request([], path: "/peer/v1/large", method: .get)
        try await stream.send(request, body: [])
        try await eventually("it is the peer's") {
          allowances.connectionCount(of: fixture.asker.agency) == 1
        }
        try await eventually("it is shed") {
          allowances.connectionCount(of: fixture.asker.agency) == 0
        }
      }
    }
  }

  @Test(arguments: MuteServer.Kind.allCases)
  func `a server that says nothing, or says it for ever, is given up`(
    kind: MuteServer.Kind
  ) async throws {
    let (server, asker) = (try TestNode("420300-FZB"), try TestNode("420300-JW"))
    try await MuteServer.run(kind, as: server) { port in
      var identity = PeerClientIdentity(
        agency: asker.agency, key: asker.key, transport: asker.transport, time: .system)
      // Only the wait that the server is about may end it.
      switch kind {
      case .noHandshake: identity.times.connect = .milliseconds(300)
      case .noAnswer: identity.times.read = .milliseconds(300)
      case .endlessAnswer: identity.times.exchange = .seconds(2)
      }
      let client = PeerClient(
        identity: identity, peer: server.agency,
        endpoint: try #require(PeerEndpoint("https://127.0.0.1:\(port)")),
        pin: try server.certificate.pin(), key: { _ in nil })
      let error = await #expect(throws: NodeError.self) {
        try await client.send(.get, "/peer/v1/info")
      }
      #expect(error?.code == .peerUnreachable)
      await client.close()
    }
  }
}

/// A server that takes connections and gives no answer.
enum MuteServer {
  /// Where it stops.
  enum Kind: CaseIterable, Sendable {
    /// Before the TLS handshake.
    case noHandshake
    /// After the handshake.
    case noAnswer
    /// Never: a byte of the body every few milliseconds.
    case endlessAnswer
  }

  /// Runs the server while `body` runs.
  static func run(
    _ kind: Kind, as node: TestNode, _ body: (Int) async throws -> Void
  ) async throws {
    let context = try NIOSSLContext(configuration: node.transport.serverConfiguration())
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if kind == .noHandshake { return }
          let tls = NIOSSLServerHandler(
            context: context,
            customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) })
          try channel.pipeline.syncOperations.addHandler(tls)
          if kind == .endlessAnswer {
            try channel.pipeline.syncOperations.addHandler(Dribble())
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      try await body(try #require(server.localAddress?.port))
    } catch {
      try? await server.close()
      throw error
    }
    try? await server.close()
  }

  /// Answers whatever comes with a head and bytes without end.
  private final class Dribble: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private var dribbling: RepeatedTask?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard dribbling == nil else { return }
      let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n"
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
      let channel = context.channel
      dribbling = context.eventLoop.scheduleRepeatedTask(
        initialDelay: .milliseconds(10), delay: .milliseconds(10)
      ) { _ in channel.writeAndFlush(ByteBuffer(string: "x"), promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
      dribbling?.cancel()
      context.fireChannelInactive()
    }
  }
}
