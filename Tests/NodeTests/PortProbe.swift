import NIOCore
import NIOPosix
import Testing

/// Asks the kernel for a free port.
enum PortProbe {
  static func free() async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(channel.localAddress?.port)
    try await channel.close().get()
    return port
  }
}
