import NIOCore
import NIOPosix
import Synchronization

/// A line between two nodes that has faults: what comes to its port goes on to another, as slowly
/// and as far as ``LineFaults`` lets it, and every connection over it is cut at once whenever a
/// test says so.
final class FaultProxy: Sendable {
  /// Where it listens.
  let port: Int
  private let server: any Channel
  private let line: Line

  /// The connections over the line.
  final class Line: Sendable {
    private let open = Mutex<[ObjectIdentifier: any Channel]>([:])
    private let cuts = Mutex(0)
    private let present = Mutex(LineFaults())

    var cutCount: Int { cuts.withLock { $0 } }

    /// What is wrong with it now.
    var faults: LineFaults {
      get { present.withLock { $0 } }
      set { present.withLock { $0 = newValue } }
    }

    func add(_ channel: any Channel) {
      open.withLock { $0[ObjectIdentifier(channel)] = channel }
      channel.closeFuture.whenComplete { _ in
        self.open.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
      }
    }

    /// Counts a connection that a fault has ended.
    func noteCut() {
      cuts.withLock { $0 += 1 }
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

  /// How often connections that were there were cut, or ended by a fault.
  var cutCount: Int { line.cutCount }

  /// Gives the line faults, or takes them from it; connections that are open have them too.
  func set(_ faults: LineFaults) {
    line.faults = faults
  }

  /// Ends every connection at once.
  func cut() {
    line.cut()
  }

  /// Runs a line on `port` to `target` while `body` runs; it is cut every `pause`, if there is one.
  static func run<Result: Sendable>(
    on port: Int, to target: Int, cutEvery pause: Duration? = nil,
    _ body: (FaultProxy) async throws -> Result
  ) async throws -> Result {
    let line = Line()
    let server = try await bind(line, port, target)
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
      line.cut()
      return result
    } catch {
      cutting.cancel()
      try? await server.close()
      line.cut()
      throw error
    }
  }

  private static func bind(_ line: Line, _ port: Int, _ target: Int) async throws -> any Channel {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        line.add(channel)
        return ClientBootstrap(group: channel.eventLoop)
          .channelOption(.tcpOption(.tcp_nodelay), value: 1)
          .connect(host: "127.0.0.1", port: target)
          .flatMapThrowing { other in
            let near = FaultPipe(to: other, .request, of: line)
            let far = FaultPipe(to: channel, .answer, of: line)
            try channel.pipeline.syncOperations.addHandler(near)
            try other.pipeline.syncOperations.addHandler(far)
            channel.setOption(.autoRead, value: true).whenFailure { _ in }
          }
      }
      .bind(host: "127.0.0.1", port: port).get()
  }
}
