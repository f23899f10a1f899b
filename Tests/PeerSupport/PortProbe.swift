import Foundation
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
      let ports = (0..<count).flatMap { [base + $0, base + distance + $0] }
      guard given.withLock({ $0.isDisjoint(with: ports) }) else { continue }
      for port in ports where try await !isFree(port) { continue candidates }
      let mine = given.withLock { given in
        guard given.isDisjoint(with: ports) else { return false }
        given.formUnion(ports)
        return true
      }
      if mine { return base }
    }
    throw NoFreePort()
  }

  /// Whether nobody listens there.
  ///
  /// The port is called and not bound: a listener that a parallel test's child inherits between
  /// its fork and its exec would hold the port beyond the probe's own close.
  private static func isFree(_ port: Int) async throws -> Bool {
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    do {
      try await bootstrap.connect(host: "127.0.0.1", port: port).get().close()
      return false
    } catch let error as NIOConnectionError {
      return error.connectionErrors.allSatisfy {
        ($0.error as? IOError)?.errnoCode == ECONNREFUSED
      }
    }
  }
}

/// None of a hundred ports was free.
package struct NoFreePort: Error {}
