import NIOCore
import NIOPosix

/// Finds a free port below those that the kernel hands out by itself (from 32768 on), so that no
/// connection of a parallel test takes it before the server does.
package enum PortProbe {
  /// A free port of the loopback interface.
  package static func free() async throws -> Int {
    for _ in 0..<100 {
      let port = Int.random(in: 20_000..<32_000)
      let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: port).get() else {
        continue
      }
      try await channel.close().get()
      return port
    }
    throw NoFreePort()
  }
}

/// None of a hundred ports was free.
package struct NoFreePort: Error {}
