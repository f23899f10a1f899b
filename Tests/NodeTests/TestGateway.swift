import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@testable import Node

/// A man in the middle with the TLS keys of both sides, as a gateway has them: it passes on every
/// byte and remembers what it saw in the clear.
final class TestGateway: Sendable {
  private let streams = Mutex<[[UInt8]]>([])
  private let server = Mutex<(any Channel)?>(nil)

  /// Listens as `callee`, and calls it at `target` as `caller`.
  func start(to target: Int, of callee: TestNode, as caller: TestNode) async throws -> Int {
    let inside = try NIOSSLContext(configuration: callee.transport.serverConfiguration())
    let outside = try NIOSSLContext(configuration: caller.transport.clientConfiguration())
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.autoRead, value: false)
      .childChannelInitializer { [self] channel in
        ClientBootstrap(group: channel.eventLoop)
          .channelInitializer { other in
            other.eventLoop.makeCompletedFuture {
              let tls = try NIOSSLClientHandler(context: outside, serverHostname: nil)
              try other.pipeline.syncOperations.addHandler(tls)
            }
          }
          .connect(host: "127.0.0.1", port: target)
          .flatMapThrowing { [self] other in
            let tls = NIOSSLServerHandler(
              context: inside,
              customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) })
            try channel.pipeline.syncOperations.addHandlers(
              tls, Listener(to: other, index: begin(), of: self))
            try other.pipeline.syncOperations.addHandler(
              Listener(to: channel, index: begin(), of: self))
            channel.setOption(.autoRead, value: true).whenFailure { _ in }
          }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    server.withLock { $0 = channel }
    return try #require(channel.localAddress?.port)
  }

  /// Ends the listening; connections end with the nodes.
  func stop() async {
    try? await server.withLock { $0 }?.close()
  }

  /// Whether these bytes passed in the clear, in either direction.
  func saw(_ bytes: some Collection<UInt8> & Sendable) -> Bool {
    streams.withLock { streams in streams.contains { $0.firstRange(of: bytes) != nil } }
  }

  private func begin() -> Int {
    streams.withLock { streams in
      streams.append([])
      return streams.count - 1
    }
  }

  fileprivate func note(_ bytes: ByteBufferView, in index: Int) {
    streams.withLock { $0[index] += bytes }
  }
}

/// One direction of a connection.
private final class Listener: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let other: any Channel
  private let index: Int
  private let gateway: TestGateway

  init(to other: any Channel, index: Int, of gateway: TestGateway) {
    self.other = other
    self.index = index
    self.gateway = gateway
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    gateway.note(buffer.readableBytesView, in: index)
    other.writeAndFlush(buffer, promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    other.close(promise: nil)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

@available(*, unavailable)
extension Listener: Sendable {}
