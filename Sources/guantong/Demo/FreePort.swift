import NIOCore
import NIOPosix

/// Finds ports of the loopback interface that nobody listens on.
enum FreePort {
  /// The port itself, or the next one above in steps that keep clear of the others of the demo.
  static func near(_ port: Int, avoiding taken: Set<Int>) async -> Int {
    for candidate in stride(
      from: port, to: min(port + triesMax * stepLength, 65_000), by: stepLength)
    where !taken.contains(candidate) {
      if await isFree(candidate) { return candidate }
    }
    return 0
  }

  /// Steps of 32 leave room for the 16 agencies of the largest demo.
  private static let stepLength = 32
  /// 25 steps stay below the next thousand, where the other kind of port is.
  private static let triesMax = 25

  private static func isFree(_ port: Int) async -> Bool {
    do {
      let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .bind(host: "127.0.0.1", port: port).get()
      try await channel.close().get()
      return true
    } catch {
      return false
    }
  }
}
