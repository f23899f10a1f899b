import NIOCore
import NIOPosix
import Testing

/// Finds a free port below those that the kernel hands out by itself (from 32768 on), so that no
/// connection of a parallel test takes it before the server does.
enum PortProbe {
  static func free() async throws -> Int {
    for _ in 0..<100 {
      let port = Int.random(in: 20_000..<32_000)
      let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: port).get() else {
        continue
      }
      try await channel.close().get()
      return port
    }
    return try #require(nil, "no free port among a hundred")
  }
}
