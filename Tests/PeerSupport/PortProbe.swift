import NIOCore
import NIOPosix
import Synchronization

/// Finds a free port below those that the kernel hands out by itself (from 32768 on), so that no
/// connection of a parallel test takes it before the server does, and none twice, so that no other
/// test is told the same port before this one's server listens.
package enum PortProbe {
  private static let given = Mutex<Set<Int>>([])

  /// A free port of the loopback interface.
  package static func free() async throws -> Int {
    for _ in 0..<100 {
      let port = Int.random(in: 20_000..<32_000)
      guard given.withLock({ $0.insert(port).inserted }) else { continue }
      if try await isFree(port) { return port }
    }
    throw NoFreePort()
  }

  /// The first of a number of neighbouring free ports, with as many free ones `distance` further.
  package static func freeBase(count: Int, again distance: Int) async throws -> Int {
    candidates: for _ in 0..<100 {
      let base = Int.random(in: 200..<300) * 100
      for offset in 0..<count {
        guard try await isFree(base + offset), try await isFree(base + distance + offset) else {
          continue candidates
        }
      }
      return base
    }
    throw NoFreePort()
  }

  private static func isFree(_ port: Int) async throws -> Bool {
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: port).get() else {
      return false
    }
    try await channel.close().get()
    return true
  }
}

/// None of a hundred ports was free.
package struct NoFreePort: Error {}
