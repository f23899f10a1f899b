import NIOCore
import NIOPosix
import Synchronization

/// Many TCP connections that never become a request.
///
/// The idle ones say nothing; the slow ones say a byte of a TLS greeting every second.
final class SlowFlood: Sendable {
  private struct State {
    var open = 0
    var longest = Duration.zero
  }

  private let state = Mutex(State())

  /// How many the other end has not closed yet.
  var openCount: Int { state.withLock { $0.open } }
  /// How long the one that lived longest lived.
  var longestLife: Duration { state.withLock { $0.longest } }

  /// Opens them all.
  static func open(port: Int, idle: Int, slow: Int) async throws -> SlowFlood {
    let flood = SlowFlood()
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(.seconds(60))
    for number in 0..<(idle + slow) {
      let channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
      let begin = ContinuousClock.now
      flood.state.withLock { $0.open += 1 }
      channel.closeFuture.whenComplete { _ in
        flood.state.withLock { state in
          state.open -= 1
          state.longest = max(state.longest, ContinuousClock.now - begin)
        }
      }
      // Every sixth is slow, so that both kinds are in the room together.
      guard slow > 0, number.isMultiple(of: (idle + slow) / slow) else { continue }
      dribble(on: channel)
    }
    return flood
  }

  /// Says the first bytes of a TLS record that announces 512 bytes, one a second.
  private static func dribble(on channel: any Channel) {
    let greeting: [UInt8] = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]
    let begin = ContinuousClock.now
    channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .seconds(1)) { task in
      guard channel.isActive else { return task.cancel() }
      let position = Int((ContinuousClock.now - begin) / .seconds(1))
      let byte = greeting[min(position, greeting.count - 1)]
      channel.writeAndFlush(ByteBuffer(bytes: [byte]), promise: nil)
    }
  }
}
