import NIOCore
import NIOPosix
import Synchronization

/// A line between two nodes that breaks: what comes to its port goes on to another, and every
/// connection over it is cut at once whenever a test says so.
final class FaultProxy: Sendable {
  /// Where it listens.
  let port: Int
  private let server: any Channel
  private let line: Line

  /// The connections over the line.
  private final class Line: Sendable {
    private let open = Mutex<[ObjectIdentifier: any Channel]>([:])
    private let cuts = Mutex(0)

    var cutCount: Int { cuts.withLock { $0 } }

    func add(_ channel: any Channel) {
      open.withLock { $0[ObjectIdentifier(channel)] = channel }
      channel.closeFuture.whenComplete { _ in
        self.open.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
      }
    }

    /// Ends every connection at once, with whatever was on its way.
    func cut() {
      let channels = open.withLock { Array($0.values) }
      cuts.withLock { $0 += channels.isEmpty ? 0 : 1 }
      for channel in channels { channel.close(promise: nil) }
    }
  }

  private init(server: any Channel, line: Line, port: Int) {
    (self.server, self.line, self.port) = (server, line, port)
  }

  /// How often it cut connections that were there.
  var cutCount: Int { line.cutCount }

  /// Runs a line on `port` to `target` while `body` runs; it is cut every `pause`, if there is one.
  static func run<Result: Sendable>(
    on port: Int, to target: Int, cutEvery pause: Duration? = nil,
    _ body: (FaultProxy) async throws -> Result
  ) async throws -> Result {
    let line = Line()
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelInitializer { channel in
        line.add(channel)
        return ClientBootstrap(group: channel.eventLoop)
          .connect(host: "127.0.0.1", port: target)
          .flatMapThrowing { other in
            let (near, far) = (Pipe(to: other), Pipe(to: channel))
            try channel.pipeline.syncOperations.addHandler(near)
            try other.pipeline.syncOperations.addHandler(far)
            channel.setOption(.autoRead, value: true).whenFailure { _ in }
          }
      }
      .bind(host: "127.0.0.1", port: port).get()
    let proxy = FaultProxy(server: server, line: line, port: port)
    let cutting = Task {
      while let pause, !Task.isCancelled {
        try? await Task.sleep(for: pause)
        line.cut()
      }
    }
    do {
      let result = try await body(proxy)
      cutting.cancel()
      try await server.close()
      return result
    } catch {
      cutting.cancel()
      try? await server.close()
      throw error
    }
  }
}

/// One direction of a connection.
private final class Pipe: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let other: any Channel

  init(to other: any Channel) {
    self.other = other
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    other.writeAndFlush(unwrapInboundIn(data), promise: nil)
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
extension Pipe: Sendable {}
